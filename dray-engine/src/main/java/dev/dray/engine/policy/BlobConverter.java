package dev.dray.engine.policy;

import dev.dray.engine.policy.PolicyListener.Step;
import dev.dray.engine.policy.RequiredForms.Wish;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.image.Descriptor;
import dev.dray.store.Store;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.BlobRow;
import dev.dray.store.catalog.RecipeRow;
import dev.dray.store.layer.Layers;
import dev.dray.store.layer.Proof;
import dev.dray.store.layer.SplitOutcome;
import java.util.Optional;

/// Brings one blob that is in the store to what is wanted of it. Long and native work: for platform threads. What it
/// says is durable. Thread safe.
final class BlobConverter {
    private final Store store;
    private final Layers layers;
    private final PolicyListener listener;

    BlobConverter(Store store, PolicyListener listener) {
        this.store = store;
        this.layers = store.layers();
        this.listener = listener;
    }

    /// @param split what was seen when the blob was split a moment ago, if it was
    StoredLayer settle(Descriptor blob, Wish wish, Optional<SplitOutcome.Split> split) {
        BlobRow row = row(blob.digest());
        if (row.location() instanceof BlobLocation.Inline) {
            return new StoredLayer(blob, new StoredForm.Inline(), 0, 0);
        }
        long restored = wish.keep().file() ? restore(blob, row) : 0;
        if (!wish.keep().recipe()) {
            layers.dropRecipe(blob.digest());
            return new StoredLayer(blob, new StoredForm.AsBlob(wish.reason()), 0, restored);
        }
        return switch (prove(blob, split)) {
            case Proof.Verbatim(String reason) -> new StoredLayer(blob, new StoredForm.Verbatim(reason), 0, restored);
            case Proof.Exact(RecipeRow recipe) -> exact(blob, wish, recipe, restored);
        };
    }

    /// Tells how the blob is kept, and changes nothing.
    StoredLayer asItIs(Descriptor blob, Wish wish) {
        StoredForm kept = store.catalog()
                .read(transaction -> LayerFacts.read(transaction, blob.digest()))
                .orElseThrow(() -> absent(blob.digest()))
                .kept(wish);
        return new StoredLayer(blob, kept, 0, 0);
    }

    private static StoredForm asRecipe(RecipeRow recipe) {
        return new StoredForm.AsRecipe(recipe.encoder(), recipe.bytes().size());
    }

    private static StoredForm asBoth(RecipeRow recipe) {
        return new StoredForm.AsBoth(recipe.encoder(), recipe.bytes().size());
    }

    private StoredLayer exact(Descriptor blob, Wish wish, RecipeRow recipe, long restored) {
        if (wish.keep().file()) {
            return new StoredLayer(blob, asBoth(recipe), 0, restored);
        }
        boolean dropped = layers.dropFile(blob.digest());
        return row(blob.digest()).location() instanceof BlobLocation.File
                ? new StoredLayer(blob, new StoredForm.AsBlob(StoredForm.Reason.PINNED), 0, 0)
                : new StoredLayer(blob, asRecipe(recipe), dropped ? blob.size() : 0, 0);
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
