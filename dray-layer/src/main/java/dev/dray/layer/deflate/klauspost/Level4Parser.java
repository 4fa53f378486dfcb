package dev.dray.layer.deflate.klauspost;

/// Level 4: tables of the last position for each four and each seven bytes; a long candidate wins over a short one.
final class Level4Parser extends MatchParser {
    private static final int BITS = 15;
    private static final int SKIP = 6;

    private final int[] shorts = new int[1 << BITS];
    private final int[] longs = new int[1 << BITS];
    private final boolean mismeasures;

    /// @param mismeasures whether a candidate of the next position is measured elsewhere
    Level4Parser(boolean mismeasures) {
        this.mismeasures = mismeasures;
        clear();
    }

    @Override
    int[][] tables() {
        return new int[][] {shorts, longs};
    }

    @Override
    void addMatches(byte[] history, int end, Tokens tokens) {
        while (find(history, end)) {
            emit(history, length(history, at, from, end), tokens);
            if (at >= limit) {
                if (at + Long.BYTES < end) {
                    remember(Bytes.eight(history, at), at);
                }
                break;
            }
            index(history);
        }
    }

    private void remember(long bytes, int position) {
        shorts[Bytes.hash4(bytes, BITS)] = position;
        longs[Bytes.hash7(bytes, BITS)] = position;
    }

    private boolean find(byte[] history, int end) {
        int following = at;
        long bytes = Bytes.eight(history, following);
        while (true) {
            int shortHash = Bytes.hash4(bytes, BITS);
            int longHash = Bytes.hash7(bytes, BITS);
            int position = following;
            following = position + 1 + ((position - emitted) >> SKIP);
            if (following > limit) {
                return false;
            }
            int shortCandidate = shorts[shortHash];
            int longCandidate = longs[longHash];
            long ahead = Bytes.eight(history, following);
            shorts[shortHash] = position;
            longs[longHash] = position;
            if (matches(history, position, longCandidate, (int) bytes)) {
                at = position;
                from = longCandidate;
                next = following;
                return true;
            }
            if (matches(history, position, shortCandidate, (int) bytes)) {
                at = position;
                from = shortCandidate;
                next = following;
                tryNext(history, ahead, end);
                return true;
            }
            bytes = ahead;
        }
    }

    /// Prefers a long candidate of the next position that looks longer. From one era on, the bytes that it is
    /// measured by lie as far behind the start of the history as the candidate lies behind the next position: no
    /// measure of the match, but so this encoder does.
    private void tryNext(byte[] history, long ahead, int end) {
        int candidate = longs[Bytes.hash7(ahead, BITS)];
        if (matches(history, next, candidate, (int) ahead)) {
            int here = Bytes.common(history, at + 4, from + 4, end);
            int measured = mismeasures ? next - candidate : candidate;
            int there = Bytes.common(history, next + 4, measured + 4, end);
            if (there > here) {
                at = next;
                from = candidate;
            }
        }
    }

    private void index(byte[] history) {
        for (int position = next; position < at - 1; position += 3) {
            long bytes = Bytes.eight(history, position);
            longs[Bytes.hash7(bytes, BITS)] = position;
            longs[Bytes.hash7(bytes >>> 8, BITS)] = position + 1;
            shorts[Bytes.hash4(bytes >>> 8, BITS)] = position + 1;
        }
        remember(Bytes.eight(history, at - 1), at - 1);
    }
}
