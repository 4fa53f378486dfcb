package dev.dray.layer.recipe;

/// The encoder of a member from a plain offset on.
///
/// @param plainOffset plain bytes of the member before it
public record EncoderRun(long plainOffset, EncoderId encoder) {}
