package dev.dray.layer.deflate.klauspost;

/// Level 1: one table of the last position for each five bytes, looked at in pairs of positions.
final class Level1Parser extends OneTableParser {
    private static final int BITS = 15;
    private static final int SKIP = 5;

    Level1Parser() {
        super(BITS);
    }

    @Override
    boolean find(byte[] history) {
        int position = at;
        long bytes = Bytes.eight(history, position);
        while (true) {
            int hash = Bytes.hash5(bytes, BITS);
            int candidate = table[hash];
            int following = position + 2 + ((position - emitted) >> SKIP);
            if (following > limit) {
                return false;
            }
            long ahead = Bytes.eight(history, following);
            table[hash] = position;
            hash = Bytes.hash5(ahead, BITS);
            if (matches(history, position, candidate, (int) bytes)) {
                return found(hash, position, candidate, following);
            }
            bytes = ahead;
            position = following;
            following++;
            candidate = table[hash];
            ahead >>>= 8;
            table[hash] = position;
            if (matches(history, position, candidate, (int) bytes)) {
                return found(hash, position, candidate, following);
            }
            bytes = Bytes.eight(history, following);
            position = following;
        }
    }

    private boolean found(int hash, int position, int candidate, int following) {
        table[hash] = following;
        at = position;
        from = candidate;
        next = following;
        return true;
    }

    @Override
    void index(byte[] history, int length) {
        // nothing inside a match is remembered
    }

    @Override
    boolean follows(byte[] history) {
        long bytes = Bytes.eight(history, at - 2);
        table[Bytes.hash5(bytes, BITS)] = at - 2;
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
