package dev.dray.layer.deflate.klauspost;

/// Level 3: a table of the last two positions for each five bytes; the longer match of both is taken.
final class Level3Parser extends MatchParser {
    private static final int BITS = 16;
    private static final int SKIP = 7;
    private static final int SAFE_REACH = REACH - 4;

    /// For each hash the last position and, behind it, the one before.
    private final int[] table = new int[2 << BITS];

    Level3Parser() {
        clear();
    }

    @Override
    int[][] tables() {
        return new int[][] {table};
    }

    @Override
    void addMatches(byte[] history, int end, Tokens tokens) {
        while (find(history, end)) {
            boolean more;
            do {
                int length = emit(history, length(history, at, from, end), tokens);
                if (at >= limit) {
                    int last = from + length;
                    if (last + Long.BYTES < end && last > 0) {
                        remember(history, last);
                    }
                    return;
                }
                index(history, length);
                more = follows(history);
            } while (more);
        }
    }

    private void remember(byte[] history, int position) {
        remember(Bytes.hash5(Bytes.eight(history, position), BITS), position);
    }

    private void remember(int hash, int position) {
        table[2 * hash + 1] = table[2 * hash];
        table[2 * hash] = position;
    }

    private boolean find(byte[] history, int end) {
        int following = at;
        long bytes = Bytes.eight(history, following);
        while (true) {
            int hash = Bytes.hash5(bytes, BITS);
            int position = following;
            following = position + 1 + ((position - emitted) >> SKIP);
            if (following > limit) {
                return false;
            }
            int newer = table[2 * hash];
            int older = table[2 * hash + 1];
            remember(hash, position);
            int lowest = position - SAFE_REACH;
            if (newer >= lowest) {
                at = position;
                next = following;
                if ((int) bytes == Bytes.four(history, newer)) {
                    from = older < lowest || (int) bytes != Bytes.four(history, older)
                            ? newer
                            : longer(history, newer, older, end);
                    return true;
                }
                if (older > lowest && (int) bytes == Bytes.four(history, older)) {
                    from = older;
                    return true;
                }
            }
            bytes = Bytes.eight(history, following);
        }
    }

    private int longer(byte[] history, int newer, int older, int end) {
        int newerLength = Bytes.common(history, at + 4, newer + 4, end);
        int olderLength = Bytes.common(history, at + 4, older + 4, end);
        return olderLength > newerLength ? older : newer;
    }

    private void index(byte[] history, int length) {
        for (int position = at - length + 2; position < at - 5; position += 6) {
            remember(history, position);
        }
        remember(history, at - 2);
        remember(Bytes.hash5(Bytes.eight(history, at - 2) >>> 8, BITS), at - 1);
    }

    /// Whether another match starts where one ended; else goes one byte on.
    private boolean follows(byte[] history) {
        long bytes = Bytes.eight(history, at - 2) >>> 16;
        int hash = Bytes.hash5(bytes, BITS);
        int newer = table[2 * hash];
        int older = table[2 * hash + 1];
        remember(hash, at);
        int lowest = at - SAFE_REACH;
        if (newer > lowest) {
            if ((int) bytes == Bytes.four(history, newer)) {
                from = newer;
                return true;
            }
            if (older > lowest && (int) bytes == Bytes.four(history, older)) {
                from = older;
                return true;
            }
        }
        at++;
        return false;
    }
}
