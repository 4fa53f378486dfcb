package dev.dray.layer.deflate;

/// A deflate block's beginning, as the inflater meets it.
///
/// @param bit offset of the block's first bit from the beginning of the deflate stream
/// @param plainOffset plain bytes before the block
/// @param kind how it is coded
/// @param last true when the block says that it ends the stream
/// @param storedLength plain length of a stored block, else 0
/// @param distanceCodes how many distance codes a dynamic block defines, else 0
/// @param carry the bits before the block in the byte that it begins in, low bits first; as many as `bit`
///     modulo 8
public record BlockStart(
        long bit, long plainOffset, BlockKind kind, boolean last, int storedLength, int distanceCodes, int carry) {

    /// True for the empty stored block that a flush leaves: `00 00 ff ff` behind the bits of its header.
    public boolean syncMarker() {
        return kind == BlockKind.STORED && storedLength == 0 && !last;
    }
}
