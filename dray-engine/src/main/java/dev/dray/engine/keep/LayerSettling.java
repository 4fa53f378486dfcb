package dev.dray.engine.keep;

import dev.dray.engine.keep.KeepListener.Step;
import dev.dray.engine.keep.KeepWishes.Wish;
import dev.dray.model.Descriptor;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.store.Layers;
import dev.dray.store.Proof;
import dev.dray.store.SplitOutcome;
import dev.dray.store.Store;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.BlobRow;
import dev.dray.store.catalog.RecipeRow;
import java.util.Optional;

/// Brings one blob that is in the store to what is wanted of it. Long and native work: for platform threads. What it
/// says is durable. Thread safe.
final class LayerSettling {
    private final Store store;
    private final Layers layers;
    private final KeepListener listener;

    LayerSettling(Store store, KeepListener listener) {
        this.store = store;
        this.layers = store.layers();
        this.listener = listener;
    }

    /// @param split what was seen when the blob was split a moment ago, if it was
    KeptLayer settle(Descriptor blob, Wish wish, Optional<SplitOutcome.Split> split) {
        BlobRow row = row(blob.digest());
        if (row.location() instanceof BlobLocation.Inline) {
            return new KeptLayer(blob, new Kept.Inline(), 0, 0);
        }
        long restored = wish.keep().file() ? restore(blob, row) : 0;
        if (!wish.keep().recipe()) {
            layers.dropRecipe(blob.digest());
            return new KeptLayer(blob, new Kept.AsBlob(wish.reason()), 0, restored);
        }
        return switch (prove(blob, split)) {
            case Proof.Verbatim(String reason) -> new KeptLayer(blob, new Kept.Verbatim(reason), 0, restored);
            case Proof.Exact(RecipeRow recipe) -> exact(blob, wish, recipe, restored);
        };
    }

    /// Tells how the blob is kept, and changes nothing.
    KeptLayer asItIs(Descriptor blob, Wish wish) {
        Kept kept = store.catalog()
                .read(transaction -> LayerFacts.read(transaction, blob.digest()))
                .orElseThrow(() -> absent(blob.digest()))
                .kept(wish);
        return new KeptLayer(blob, kept, 0, 0);
    }

    private static Kept asRecipe(RecipeRow recipe) {
        return new Kept.AsRecipe(recipe.encoder(), recipe.bytes().size());
    }

    private static Kept asBoth(RecipeRow recipe) {
        return new Kept.AsBoth(recipe.encoder(), recipe.bytes().size());
    }

    private KeptLayer exact(Descriptor blob, Wish wish, RecipeRow recipe, long restored) {
        if (wish.keep().file()) {
            return new KeptLayer(blob, asBoth(recipe), 0, restored);
        }
        boolean dropped = layers.dropFile(blob.digest());
        return row(blob.digest()).location() instanceof BlobLocation.File
                ? new KeptLayer(blob, new Kept.AsBlob(Kept.Reason.PINNED), 0, 0)
                : new KeptLayer(blob, asRecipe(recipe), dropped ? blob.size() : 0, 0);
    }

    private Proof prove(Descriptor blob, Optional<SplitOutcome.Split> split) {
        listener.step(blob, Step.PROVING);
        return split.isPresent() ? layers.prove(blob.digest(), split.get()) : layers.prove(blob.digest());
    }

    private long restore(Descriptor blob, BlobRow row) {
        if (!(row.location() instanceof BlobLocation.Rebuilt)) {
            return 0;
        }
        listener.step(blob, Step.RESTORING);
        layers.restoreFile(blob.digest());
        return blob.size();
    }

    private BlobRow row(Digest digest) {
        return store.catalog()
                .read(transaction -> transaction.blobs().find(digest))
                .orElseThrow(() -> absent(digest));
    }

    private static DrayException absent(Digest digest) {
        return new DrayException(DrayException.Kind.NOT_FOUND, "blob %s is not in the store any more".formatted(digest))
                .about(digest);
    }
}
