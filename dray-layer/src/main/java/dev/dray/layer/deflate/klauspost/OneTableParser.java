package dev.dray.layer.deflate.klauspost;

/// The part that levels 1 and 2 share: one table of the last position for each five bytes.
abstract sealed class OneTableParser extends MatchParser permits Level1Parser, Level2Parser {
    final int[] table;
    private final int bits;

    OneTableParser(int bits) {
        this.bits = bits;
        this.table = new int[1 << bits];
        clear();
    }

    @Override
    final int[][] tables() {
        return new int[][] {table};
    }

    /// Goes to the next match.
    ///
    /// @return false when the chunk has no more
    abstract boolean find(byte[] history);

    /// Remembers positions inside the match that ended.
    abstract void index(byte[] history, int length);

    /// Whether another match starts where one ended; else goes one byte on.
    abstract boolean follows(byte[] history);

    @Override
    final void addMatches(byte[] history, int end, Tokens tokens) {
        while (find(history)) {
            boolean more;
            do {
                int length = emit(history, length(history, at, from, end), tokens);
                if (at >= limit) {
                    if (at + length + Long.BYTES < end) {
                        table[Bytes.hash5(Bytes.eight(history, at), bits)] = at;
                    }
                    return;
                }
                index(history, length);
                more = follows(history);
            } while (more);
        }
    }
}
