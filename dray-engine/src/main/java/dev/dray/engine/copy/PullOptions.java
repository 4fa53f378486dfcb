package dev.dray.engine.copy;

import dev.dray.engine.transfer.PlatformChoice;

/// Options of a pull.
///
/// @param referrers whether what refers to the image comes with it
/// @param later whether the blobs keep their files for now, whatever the policy says
public record PullOptions(PlatformChoice platform, boolean referrers, boolean later) {
    /// The image alone, its layers as the policy says.
    public static PullOptions of(PlatformChoice platform) {
        return new PullOptions(platform, false, false);
    }
}
