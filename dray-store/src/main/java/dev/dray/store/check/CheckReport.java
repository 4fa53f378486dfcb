package dev.dray.store.check;

import java.util.List;

/// The result of a check.
///
/// @param bytes that were read and compared
public record CheckReport(long blobs, long manifests, long layers, long packs, long bytes, List<Finding> findings) {
    public CheckReport {
        findings = List.copyOf(findings);
    }

    /// True when nothing is left that is not as it should be.
    public boolean isWell() {
        return findings.stream().allMatch(Finding::repaired);
    }
}
