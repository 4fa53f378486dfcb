package dev.dray.layer.deflate;

/// Hears of the blocks and tokens of a deflate stream, in order, while it is inflated.
public interface TokenListener {
    /// Hears nothing.
    TokenListener NONE = start -> false;

    /// A block begins, its header is read.
    ///
    /// @return true to hear this block's tokens
    boolean blockStarted(BlockStart start);

    /// More tokens of the present block: a literal is its value, 0 to 255; a match is `length << 16 |
    /// distance`.
    default void tokens(int[] tokens, int count) {}

    /// The present block has ended.
    ///
    /// @param plainOffset plain bytes up to the block's end
    default void blockEnded(long plainOffset) {}
}
