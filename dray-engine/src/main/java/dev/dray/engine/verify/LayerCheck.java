package dev.dray.engine.verify;

import dev.dray.model.Reference;
import dev.dray.model.image.Descriptor;
import dev.dray.store.catalog.Provenance.Place;
import java.util.List;
import java.util.Optional;

/// What a verification of layers read and found.
///
/// @param layers whose blobs were made or read in full
/// @param bytes of them
public record LayerCheck(int layers, long bytes, List<Finding> findings) {
    public LayerCheck {
        findings = List.copyOf(findings);
    }

    /// How many are still not as they should be.
    public long unmended() {
        return findings.stream().filter(finding -> finding.mended().isEmpty()).count();
    }

    /// A layer that is not what it should be.
    ///
    /// @param images that have it
    /// @param what is wrong, for people
    /// @param mended where its bytes were fetched again
    public record Finding(Descriptor blob, List<Reference> images, String what, Optional<Place> mended) {
        public Finding {
            images = List.copyOf(images);
        }
    }
}
