package dev.dray.layer.deflate.klauspost;

import java.util.Arrays;

/// Level 4: tables of the last position for each four and each seven bytes; a long candidate wins over a short one.
final class Level4Parser implements ChunkParser {
    private static final int BITS = 15;
    private static final int SKIP = 6;

    private final int[] shorts = new int[1 << BITS];
    private final int[] longs = new int[1 << BITS];

    private int limit;
    private int emitted;
    private int next;
    private int at;
    private int from;

    Level4Parser() {
        clear();
    }

    @Override
    public void clear() {
        Arrays.fill(shorts, UNREACHABLE);
        Arrays.fill(longs, UNREACHABLE);
    }

    @Override
    public void slide(int distance) {
        ChunkParser.slide(shorts, distance);
        ChunkParser.slide(longs, distance);
    }

    @Override
    public void parse(byte[] history, int start, int end, Tokens tokens) {
        if (end - start < MARGIN + 2) {
            return;
        }
        limit = end - MARGIN;
        emitted = start;
        at = start;
        while (find(history, end)) {
            int length = 4 + Bytes.common(history, at + 4, from + 4, end);
            while (from > 0 && at > emitted && history[from - 1] == history[at - 1]) {
                at--;
                from--;
                length++;
            }
            tokens.literals(history, emitted, at);
            tokens.match(length, at - from);
            at += length;
            emitted = at;
            if (next >= at) {
                at = next + 1;
            }
            if (at >= limit) {
                if (at + Long.BYTES < end) {
                    remember(Bytes.eight(history, at), at);
                }
                break;
            }
            index(history);
        }
        ChunkParser.finish(history, emitted, end, tokens);
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

    private static boolean matches(byte[] history, int position, int candidate, int bytes) {
        return position - candidate < REACH && bytes == Bytes.four(history, candidate);
    }

    /// Prefers a long candidate of the next position that looks longer. What it is measured by lies as far behind
    /// the start of the history as the candidate lies behind the next position: no measure of the match, but so
    /// this encoder does.
    private void tryNext(byte[] history, long ahead, int end) {
        int candidate = longs[Bytes.hash7(ahead, BITS)];
        if (matches(history, next, candidate, (int) ahead)) {
            int here = Bytes.common(history, at + 4, from + 4, end);
            int there = Bytes.common(history, next + 4, next - candidate + 4, end);
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
