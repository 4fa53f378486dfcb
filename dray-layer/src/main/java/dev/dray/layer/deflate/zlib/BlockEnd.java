package dev.dray.layer.deflate.zlib;

/// Decides where a block ends: what tells GNU gzip from zlib, which share the tokens.
sealed interface BlockEnd {
    /// The most tokens a block has.
    int capacity();

    /// The first count of tokens to ask [#reached] at.
    int firstCheckpoint();

    /// Whether the block ends at its checkpoint; if not, the checkpoint is moved on.
    ///
    /// @param plainLength bytes from the start of the block to the place of the parser, which lies before a match
    ///     that was just added
    boolean reached(Tokens tokens, int plainLength);

    /// When the buffer of tokens is full.
    ///
    /// @param capacity 16,383 with memory level 8, 32,767 with 9
    record WhenFull(int capacity) implements BlockEnd {
        @Override
        public int firstCheckpoint() {
            return capacity;
        }

        @Override
        public boolean reached(Tokens tokens, int plainLength) {
            return true;
        }
    }

    /// When the buffer is full, and before that where the data compresses well although there are few matches:
    /// every 4,096 tokens, the length is estimated with 8 bits a token and fixed distance codes.
    record WhenFullOrPromising(int capacity) implements BlockEnd {
        private static final int STEP = 4096;

        @Override
        public int firstCheckpoint() {
            return STEP;
        }

        @Override
        public boolean reached(Tokens tokens, int plainLength) {
            if (tokens.count == capacity || promising(tokens, plainLength)) {
                return true;
            }
            tokens.checkpoint = Math.min(tokens.checkpoint + STEP, capacity);
            return false;
        }

        private static boolean promising(Tokens tokens, int plainLength) {
            long bits = 8L * tokens.count;
            for (int symbol = 0; symbol < Alphabet.DISTANCES; symbol++) {
                bits += (long) tokens.distances.frequencies[symbol] * (5 + Alphabet.DISTANCE_EXTRA[symbol]);
            }
            return tokens.matches < tokens.count / 2 && bits >>> 3 < plainLength / 2;
        }
    }
}
