package dev.dray.layer.deflate.klauspost;

import java.util.Arrays;

/// Level 2: as level 1, with a larger table that also gets positions inside of matches.
final class Level2Parser implements ChunkParser {
    private static final int BITS = 17;
    private static final int SKIP = 5;

    private final int[] table = new int[1 << BITS];

    private int limit;
    private int emitted;
    private int next;
    private int at;
    private int from;

    Level2Parser() {
        clear();
    }

    @Override
    public void clear() {
        Arrays.fill(table, UNREACHABLE);
    }

    @Override
    public void slide(int distance) {
        ChunkParser.slide(table, distance);
    }

    @Override
    public void parse(byte[] history, int start, int end, Tokens tokens) {
        if (end - start < MARGIN + 2) {
            return;
        }
        limit = end - MARGIN;
        emitted = start;
        at = start;
        while (find(history)) {
            boolean more;
            do {
                int length = emit(history, end, tokens);
                if (at >= limit) {
                    if (at + length + Long.BYTES < end) {
                        table[Bytes.hash5(Bytes.eight(history, at), BITS)] = at;
                    }
                    ChunkParser.finish(history, emitted, end, tokens);
                    return;
                }
                index(history, length);
                more = follows(history);
            } while (more);
        }
        ChunkParser.finish(history, emitted, end, tokens);
    }

    private boolean find(byte[] history) {
        int following = at;
        long bytes = Bytes.eight(history, following);
        while (true) {
            int hash = Bytes.hash5(bytes, BITS);
            int position = following;
            following = position + 2 + ((position - emitted) >> SKIP);
            if (following > limit) {
                return false;
            }
            int candidate = table[hash];
            long ahead = Bytes.eight(history, following);
            table[hash] = position;
            hash = Bytes.hash5(ahead, BITS);
            if (matches(history, position, candidate, (int) bytes)) {
                table[hash] = following;
                return found(position, candidate, following);
            }
            bytes = ahead;
            position = following;
            following++;
            candidate = table[hash];
            table[hash] = position;
            if (matches(history, position, candidate, (int) bytes)) {
                return found(position, candidate, following);
            }
            bytes = Bytes.eight(history, following);
        }
    }

    private static boolean matches(byte[] history, int position, int candidate, int bytes) {
        return position - candidate < REACH && bytes == Bytes.four(history, candidate);
    }

    private boolean found(int position, int candidate, int following) {
        at = position;
        from = candidate;
        next = following;
        return true;
    }

    private int emit(byte[] history, int end, Tokens tokens) {
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
        return length;
    }

    /// Remembers three positions of every seven inside the match.
    private void index(byte[] history, int length) {
        for (int position = at - length + 2; position < at - 5; position += 7) {
            long bytes = Bytes.eight(history, position);
            table[Bytes.hash5(bytes, BITS)] = position;
            table[Bytes.hash5(bytes >>> 16, BITS)] = position + 2;
            table[Bytes.hash5(bytes >>> 32, BITS)] = position + 4;
        }
    }

    /// Whether another match starts where one ended; else goes one byte on.
    private boolean follows(byte[] history) {
        long bytes = Bytes.eight(history, at - 2);
        table[Bytes.hash5(bytes, BITS)] = at - 2;
        table[Bytes.hash5(bytes >>> 8, BITS)] = at - 1;
        int hash = Bytes.hash5(bytes >>> 16, BITS);
        from = table[hash];
        table[hash] = at;
        if (at - from > REACH || (int) (bytes >>> 16) != Bytes.four(history, from)) {
            at++;
            return false;
        }
        return true;
    }
}
