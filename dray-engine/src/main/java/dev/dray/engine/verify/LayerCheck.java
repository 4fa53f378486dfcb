package dev.dray.engine.verify;

import dev.dray.model.Reference;
import dev.dray.model.image.Descriptor;
import dev.dray.store.catalog.Provenance.Place;
import java.util.List;
import java.util.Optional;

/// The result of a verification of layers.
///
/// @param layers whose blobs were rebuilt or read in full
/// @param bytes of them
public record LayerCheck(int layers, long bytes, List<Finding> findings) {
    public LayerCheck {
        findings = List.copyOf(findings);
    }

    /// How many are still damaged.
    public long unrepaired() {
        return findings.stream().filter(finding -> finding.repaired().isEmpty()).count();
    }

    /// A damaged layer.
    ///
    /// @param images that have it
    /// @param what is wrong, for people
    /// @param repaired the registry whose bytes replaced the damaged ones; empty when it is still damaged
    public record Finding(Descriptor blob, List<Reference> images, String what, Optional<Place> repaired) {
        public Finding {
            images = List.copyOf(images);
        }
    }
}
