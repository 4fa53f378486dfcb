package dev.dray.engine.verify;

import dev.dray.model.Digest;
import dev.dray.model.Reference;
import java.util.List;

/// The result of a verification of images.
///
/// @param manifests whose bytes were hashed
/// @param blobs whose bytes were hashed
/// @param layers whose tar was hashed and compared with the config's diffID
/// @param bytes of blobs that were read
public record VerifyReport(int images, int manifests, int blobs, int layers, long bytes, List<Finding> findings) {
    public VerifyReport {
        findings = List.copyOf(findings);
    }

    /// Digests that were proven: manifests, blobs and diffIDs.
    public int digestsVerified() {
        return manifests + blobs + layers;
    }

    /// A damaged or wrong object.
    ///
    /// @param image where it was found
    /// @param what is wrong
    public record Finding(Reference image, Digest digest, String what) {}
}
