package dev.dray.engine.verify;

import dev.dray.model.Reference;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.Descriptor;
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
    /// @param repaired the repository, behind its host, that gave the bytes back; empty when still damaged
    public record Finding(Descriptor blob, List<Reference> images, String what, Optional<RepositoryName> repaired) {
        public Finding {
            images = List.copyOf(images);
        }
    }
}
