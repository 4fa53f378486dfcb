package dev.dray.layer.recipe;

/// From here on a member was made by this encoder.
///
/// @param plainOffset plain bytes of the member before it
public record EncoderRun(long plainOffset, EncoderId encoder) {}
