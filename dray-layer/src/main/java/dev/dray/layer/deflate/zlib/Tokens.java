package dev.dray.layer.deflate.zlib;

import static dev.dray.layer.deflate.zlib.Alphabet.END_OF_BLOCK;

/// The literals and matches of the open block, and how often each symbol occurs in them. Not thread safe.
final class Tokens {
    /// Each a literal or the length of a match less 3, shifted left by 16, and the distance, 0 for a literal.
    final int[] values;

    final HuffmanCode literals = new HuffmanCode(Alphabet.LITERALS, 15, Alphabet.LITERAL_EXTRA);
    final HuffmanCode distances = new HuffmanCode(Alphabet.DISTANCES, 15, Alphabet.DISTANCE_EXTRA);

    /// How many there are.
    int count;
    /// How many of them are matches.
    int matches;
    /// At what count the end of the block is considered.
    int checkpoint;

    private final int firstCheckpoint;

    Tokens(int capacity, int firstCheckpoint) {
        this.values = new int[capacity];
        this.firstCheckpoint = firstCheckpoint;
        clear();
    }

    /// Begins the next block.
    void clear() {
        literals.clear();
        distances.clear();
        literals.frequencies[END_OF_BLOCK] = 1;
        count = 0;
        matches = 0;
        checkpoint = firstCheckpoint;
    }

    /// @return whether the checkpoint is reached
    boolean literal(byte value) {
        values[count++] = (value & 0xff) << 16;
        literals.frequencies[value & 0xff]++;
        return count == checkpoint;
    }

    /// @param length less 3
    /// @return whether the checkpoint is reached
    boolean match(int distance, int length) {
        values[count++] = length << 16 | distance;
        matches++;
        literals.frequencies[Alphabet.lengthSymbol(length)]++;
        distances.frequencies[Alphabet.distanceSymbol(distance - 1)]++;
        return count == checkpoint;
    }
}
