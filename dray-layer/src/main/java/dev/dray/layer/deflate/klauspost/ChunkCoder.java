package dev.dray.layer.deflate.klauspost;

import java.io.IOException;

/// Codes chunks of [#chunkSize] bytes; the last before a flush may be shorter.
interface ChunkCoder {
    int LONGEST_STORED = 65535;

    /// What ends behind a chunk.
    enum Ending {
        /// Nothing: another chunk follows.
        NONE,
        /// The block; more may follow.
        FLUSH,
        /// The stream.
        CLOSE
    }

    int chunkSize();

    /// Starts anew, with `plain[from, to)` as what went before.
    void restart(byte[] plain, int from, int to);

    /// @param ending what follows the chunk
    void code(byte[] chunk, int length, Ending ending) throws IOException;

    /// Level 0: chunks as they are.
    record Stored(BlockWriter out) implements ChunkCoder {
        @Override
        public int chunkSize() {
            return LONGEST_STORED;
        }

        @Override
        public void restart(byte[] plain, int from, int to) {}

        @Override
        public void code(byte[] chunk, int length, Ending ending) throws IOException {
            out.stored(chunk, 0, length);
        }
    }

    /// Level -2: no matches.
    record LiteralsOnly(BlockWriter out) implements ChunkCoder {
        @Override
        public int chunkSize() {
            return 32 << 10;
        }

        @Override
        public void restart(byte[] plain, int from, int to) {}

        @Override
        public void code(byte[] chunk, int length, Ending ending) throws IOException {
            out.literals(chunk, 0, length, ending != Ending.NONE);
        }
    }
}
