package dev.dray.layer.deflate;

/// A place where an encoder can be started again: the beginning of a block.
///
/// @param plainPosition plain bytes before the block
/// @param bit bits of the deflate stream before the block
/// @param carry the bits before the block in the byte that it begins in, low bits first
/// @param state what the encoder needs beside the plain bytes before the block; its own to define, 0 for
///     nothing
public record Checkpoint(long plainPosition, long bit, int carry, long state) {
    public Checkpoint {
        if (plainPosition < 0 || bit < 0 || carry < 0 || carry >>> carryWidth(bit) != 0) {
            throw new IllegalArgumentException("position %d, bit %d, carry %d".formatted(plainPosition, bit, carry));
        }
    }

    /// How many bits the carry has.
    public int carryWidth() {
        return carryWidth(bit);
    }

    private static int carryWidth(long bit) {
        return (int) (bit & 7);
    }
}
