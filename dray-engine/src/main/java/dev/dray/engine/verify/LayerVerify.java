package dev.dray.engine.verify;

import dev.dray.client.transfer.BlobFate;
import dev.dray.engine.policy.LayerState;
import dev.dray.engine.policy.PolicyApplier;
import dev.dray.engine.policy.PolicyListener;
import dev.dray.engine.policy.RequiredForms;
import dev.dray.engine.policy.StoredPolicy;
import dev.dray.engine.repository.ImageLayerList;
import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.Descriptor;
import dev.dray.store.Store;
import dev.dray.store.catalog.Provenance.Place;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Verifies layers: rebuilds those that have a recipe in full, reads their files, and compares every digest. Marks
/// damaged blobs and repairs them on request. One verification, one use.
public final class LayerVerify {
    private static final int BUFFER = 1 << 20;

    private final Store store;
    private final Optional<BlobRepair> repair;
    private final PolicyListener listener;
    private long bytes;

    /// @param repair fetches damaged blobs again; empty to leave them
    public LayerVerify(Store store, Optional<BlobRepair> repair, PolicyListener listener) {
        this.store = store;
        this.repair = repair;
        this.listener = listener;
    }

    public LayerCheck verify(List<ImageLayerList.Used> layers) {
        List<LayerCheck.Finding> findings = new ArrayList<>();
        for (ImageLayerList.Used layer : layers) {
            listener.begin(layer.blob());
            Optional<String> damage = check(layer.blob());
            if (damage.isPresent()) {
                Optional<RepositoryName> repaired = repair.flatMap(blobs -> repair(blobs, layer))
                        .map(place -> place.repository().withHost(place.host()));
                findings.add(new LayerCheck.Finding(layer.blob(), List.copyOf(layer.images()), damage.get(), repaired));
            } else {
                listener.done(layer.blob(), new BlobFate.AlreadyThere());
            }
        }
        return new LayerCheck(layers.size(), bytes, findings);
    }

    /// @return what is wrong, for people
    private Optional<String> check(Descriptor blob) {
        Optional<LayerState> state = store.catalog().read(transaction -> LayerState.read(transaction, blob.digest()));
        if (state.isEmpty()) {
            return Optional.of("it is not in the store");
        }
        try {
            if (state.get().recipe().isPresent()) {
                store.layers().verify(blob.digest());
                bytes += blob.size();
            }
            return isRebuilt(state.get()) ? Optional.empty() : read(blob);
        } catch (DrayException e) {
            if (e.kind() == DrayException.Kind.CANCELLED || e.kind() == DrayException.Kind.OUT_OF_SPACE) {
                throw e;
            }
            return Optional.of(e.getMessage());
        } catch (IOException e) {
            damaged(blob);
            return Optional.of("it cannot be read: " + e.getMessage());
        }
    }

    private static boolean isRebuilt(LayerState state) {
        return state.recipe().isPresent() && !state.hasFile();
    }

    private Optional<String> read(Descriptor blob) throws IOException {
        Optional<? extends Content> stored = store.blobs().row(blob.digest()).flatMap(store.blobs()::open);
        if (stored.isEmpty()) {
            return Optional.of("it was collected");
        }
        MessageDigest hasher = blob.digest().algorithm().hasher();
        long size = 0;
        try (InputStream in = stored.get().open(0)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                hasher.update(buffer, 0, read);
                size += read;
                listener.advance(blob, Math.min(size, blob.size()));
            }
        }
        bytes += size;
        Digest actual = Digest.of(blob.digest().algorithm(), hasher.digest());
        if (actual.equals(blob.digest())) {
            return Optional.empty();
        }
        damaged(blob);
        return Optional.of("its %d bytes hash to %s".formatted(size, actual));
    }

    private void damaged(Descriptor blob) {
        store.catalog().change(transaction -> transaction.blobs().markDamaged(blob.digest()));
    }

    /// Fetches the blob, and applies the policy to it.
    private Optional<Place> repair(BlobRepair blobs, ImageLayerList.Used layer) {
        Optional<Place> place =
                blobs.fetch(layer.blob(), layer.repositories().iterator().next());
        if (place.isPresent()) {
            RequiredForms required = RequiredForms.in(store, new StoredPolicy(store).read(), layer.repositories());
            try (PolicyApplier applier = new PolicyApplier(required, false, listener)) {
                applier.apply(layer.blob());
                applier.await();
            }
        }
        return place;
    }
}
