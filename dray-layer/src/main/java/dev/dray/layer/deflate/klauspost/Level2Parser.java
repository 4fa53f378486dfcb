package dev.dray.layer.deflate.klauspost;

/// Level 2: as level 1, with a larger table that also gets positions inside of matches.
final class Level2Parser extends OneTableParser {
    private static final int BITS = 17;
    private static final int SKIP = 5;

    Level2Parser() {
        super(BITS);
    }

    @Override
    boolean find(byte[] history) {
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

    private boolean found(int position, int candidate, int following) {
        at = position;
        from = candidate;
        next = following;
        return true;
    }

    /// Remembers three positions of every seven inside the match.
    @Override
    void index(byte[] history, int length) {
        for (int position = at - length + 2; position < at - 5; position += 7) {
            long bytes = Bytes.eight(history, position);
            table[Bytes.hash5(bytes, BITS)] = position;
            table[Bytes.hash5(bytes >>> 16, BITS)] = position + 2;
            table[Bytes.hash5(bytes >>> 32, BITS)] = position + 4;
        }
    }

    @Override
    boolean follows(byte[] history) {
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
