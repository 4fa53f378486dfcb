package dev.dray.layer.deflate.klauspost;

/// Level 6: more positions than level 5, a look at the distance of the match before, and a check of both candidates at
/// the tail of every match.
final class Level6Parser extends LongMatchParser {
    private static final int SKIP = 7;

    private int lastDistance;

    Level6Parser(int tailSkip) {
        super(SKIP, tailSkip);
    }

    @Override
    void addMatches(byte[] history, int end, Tokens tokens) {
        lastDistance = 1;
        while (find(history, end)) {
            extend(history, end);
            int tail = at + length;
            if (tail < limit) {
                int hash = Bytes.hash7(Bytes.eight(history, tail), BITS);
                checkTail(history, longs[2 * hash], longs[2 * hash + 1], end);
            }
            lastDistance = at - from;
            emit(history, length, tokens);
            if (at >= limit) {
                indexTail(history, end);
                return;
            }
            index(history);
        }
    }

    @Override
    void improve(byte[] history, long bytes, long ahead, int longHash, int end) {
        int newer = longs[2 * longHash];
        if (!repeats(history, (int) (bytes >>> 8), end) && next - newer < REACH) {
            better(history, newer, (int) ahead, end);
            better(history, longs[2 * longHash + 1], (int) ahead, end);
        }
    }

    /// Whether the distance of the match before matches further from one byte ahead.
    private boolean repeats(byte[] history, int ahead, int end) {
        int candidate = at - lastDistance + 1;
        if (Bytes.four(history, candidate) == ahead) {
            int other = limited(history, at + 1, candidate, end);
            if (other > length) {
                from = candidate;
                length = other;
                at++;
                return true;
            }
        }
        return false;
    }

    private void checkTail(byte[] history, int newer, int older, int end) {
        int ahead = at + tailSkip;
        int candidate = newer - length + tailSkip;
        if (ahead - candidate >= REACH) {
            return;
        }
        tryTail(history, ahead, candidate, end);
        tryTail(history, ahead, older - length + tailSkip, end);
    }

    /// Remembers every second position from the next on to the end of the chunk.
    private void indexTail(byte[] history, int end) {
        for (int position = next + 1; position < end - Long.BYTES; position += 2) {
            long bytes = Bytes.eight(history, position);
            shorts[Bytes.hash4(bytes, BITS)] = position;
            rememberLong(Bytes.hash7(bytes, BITS), position);
        }
    }

    private void index(byte[] history) {
        for (int position = next + 1; position < at - 1; position += 2) {
            long bytes = Bytes.eight(history, position);
            int longHash = Bytes.hash7(bytes, BITS);
            int followingHash = Bytes.hash7(bytes >>> 8, BITS);
            shorts[Bytes.hash4(bytes, BITS)] = position;
            rememberLong(longHash, position);
            rememberLong(followingHash, position + 1);
        }
    }
}
