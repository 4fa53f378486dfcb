package dev.dray.layer.deflate.klauspost;

/// Level 5.
///
/// A short candidate gives way to a long one of the next position that matches further. A short match is then checked
/// against the candidate at its tail, which may match from further ahead.
final class Level5Parser extends LongMatchParser {
    private static final int SKIP = 6;
    private static final int TAIL_CHECK_BELOW = 30;

    Level5Parser(int tailSkip) {
        super(SKIP, tailSkip);
    }

    @Override
    void addMatches(byte[] history, int end, Tokens tokens) {
        while (find(history, end)) {
            extend(history, end);
            int tail = at + length;
            if (length < TAIL_CHECK_BELOW && tail < limit) {
                int candidate = longs[2 * Bytes.hash7(Bytes.eight(history, tail), BITS)];
                tryTail(history, at + tailSkip, candidate - length + tailSkip, end);
            }
            length = emit(history, length, tokens);
            if (at >= limit) {
                return;
            }
            index(history);
        }
    }

    @Override
    void improve(byte[] history, long bytes, long ahead, int longHash, int end) {
        int newer = longs[2 * longHash];
        if (next - newer < REACH && !better(history, newer, (int) ahead, end)) {
            better(history, longs[2 * longHash + 1], (int) ahead, end);
        }
    }

    /// Remembers positions inside and at the end of the match.
    private void index(byte[] history) {
        int position = at - length + 1;
        if (position < at - 1) {
            long bytes = Bytes.eight(history, position);
            shorts[Bytes.hash4(bytes, BITS)] = position;
            rememberLong(Bytes.hash7(bytes, BITS), position);
            rememberLong(Bytes.hash7(bytes >>> 8, BITS), position + 1);
            shorts[Bytes.hash4(bytes >>> 16, BITS)] = position + 2;
            for (position += 4; position < at - 1; position += 3) {
                bytes = Bytes.eight(history, position);
                rememberLong(Bytes.hash7(bytes, BITS), position);
                shorts[Bytes.hash4(bytes >>> 8, BITS)] = position + 1;
            }
        }
        long bytes = Bytes.eight(history, at - 1);
        shorts[Bytes.hash4(bytes, BITS)] = at - 1;
        rememberLong(Bytes.hash7(bytes, BITS), at - 1);
    }
}
