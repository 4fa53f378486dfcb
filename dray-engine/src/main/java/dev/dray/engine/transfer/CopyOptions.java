package dev.dray.engine.transfer;

/// The part of an image that is copied.
///
/// @param referrers whether what refers to the image goes with it: signatures, bills of materials and the like
public record CopyOptions(PlatformChoice platform, boolean referrers) {}
