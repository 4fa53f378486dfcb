package dev.dray.engine.intake;

import dev.dray.engine.adopt.AdoptedImage;
import dev.dray.engine.adopt.search.LayerParts;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.store.Store;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.layer.LayerSplit;
import dev.dray.store.layer.SplitOutcome;
import dev.dray.store.process.Lease;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// Takes the layers of another engine's image into the store as contents and recipes: their compressed bytes are never
/// on disk. Each blob is rebuilt in full from the packs before it counts. Thread safe.
public record AdoptedIntake(Store store) {
    /// How often the collector may take contents away that a layer counts on.
    private static final int MOST_ATTEMPTS = 8;

    /// Takes the layers that the store lacks. Small blobs are left out: they are stored as they are.
    ///
    /// @param lease protects the blobs until they are linked
    public void take(AdoptedImage image, Lease lease) throws IOException {
        if (image.manifest() instanceof Manifest.Image manifest) {
            for (Descriptor layer : manifest.layers()) {
                lease.cover(List.of(layer.digest()));
                if (layer.size() > BlobLocation.LARGEST_INLINE && !isThere(layer.digest())) {
                    take(image.parts(layer), lease);
                }
            }
        }
    }

    private boolean isThere(Digest blob) {
        return store.blobs().healthy(blob).isPresent();
    }

    private void take(LayerParts parts, Lease lease) throws IOException {
        lease.cover(List.of(parts.diffId()));
        if (store.layers().find(parts.diffId()).isPresent()) {
            store.layers().take(parts.recipe(), parts.diffId());
            return;
        }
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            if (split(parts)) {
                return;
            }
        }
        throw new DrayException(
                        DrayException.Kind.UNAVAILABLE,
                        "contents of layer %s were collected again and again".formatted(parts.diffId()))
                .advising("try again");
    }

    /// @return false when contents were collected meanwhile
    private boolean split(LayerParts parts) throws IOException {
        try (LayerSplit split =
                        store.layers().split(parts.diffId(), parts.plain().size());
                InputStream plain = parts.plain().open(0)) {
            plain.transferTo(split);
            return switch (split.finish()) {
                case SplitOutcome.Overtaken() -> false;
                case SplitOutcome.Refused(String reason) -> throw damaged(parts, reason);
                case SplitOutcome.Split(Digest _, Digest diffId, long _, var _) -> {
                    if (!diffId.equals(parts.diffId())) {
                        throw damaged(parts, "its files give a tar of " + diffId);
                    }
                    store.layers().take(parts.recipe(), diffId);
                    yield true;
                }
            };
        }
    }

    private static DrayException damaged(LayerParts parts, String why) {
        return new DrayException(
                        DrayException.Kind.CORRUPT, "layer %s cannot be taken: %s".formatted(parts.diffId(), why))
                .about(parts.diffId());
    }
}
