package dev.dray.layer.deflate.zlib;

import static dev.dray.layer.deflate.zlib.SlidingWindow.MAX_DISTANCE;
import static dev.dray.layer.deflate.zlib.SlidingWindow.SIZE;

import java.io.IOException;

/// Takes the first match: levels 1 to 3. Not thread safe.
final class FastParser extends Parser {
    private final int longestHashed;
    private final int nice;
    private final int tries;

    FastParser(Level level, SlidingWindow window, Dialect dialect, BlockWriter writer) {
        super(window, dialect, 0, writer);
        this.longestHashed = level.patience();
        this.nice = level.nice();
        this.tries = level.chain();
    }

    @Override
    void run(int stop) throws IOException {
        byte[] bytes = window.bytes;
        short[] heads = window.heads;
        short[] chain = window.chain;
        int shift = window.hashShift;
        int mask = window.hashMask;
        Hashing hashing = window.hashing;
        boolean rolling = hashing == Hashing.ROLLING;
        int position = window.position;
        int end = position + window.lookahead;
        int hash = window.pair(position);
        while (position < stop) {
            int candidate = 0;
            if (end - position >= LongestMatch.MIN) {
                hash = rolling
                        ? ((hash << shift) ^ (bytes[position + 2] & 0xff)) & mask
                        : hashing.hash(bytes, position) & mask;
                candidate = heads[hash] & 0xffff;
                chain[position & (SIZE - 1)] = (short) candidate;
                heads[hash] = (short) position;
            }
            int found = 0;
            if (candidate != 0 && position - candidate <= MAX_DISTANCE && position <= tail.lastSearched) {
                found = LongestMatch.find(
                        window, candidate, end - position, 2, enough(nice, end - position), tries, position);
            }
            int length = found >>> 16;
            boolean ends;
            if (length >= LongestMatch.MIN) {
                ends = tokens.match(position - (found & 0xffff), length - LongestMatch.MIN) && ends(position);
                int next = position + length;
                if (length <= longestHashed && end - next >= LongestMatch.MIN) {
                    for (position++; position < next; position++) {
                        hash = rolling
                                ? ((hash << shift) ^ (bytes[position + 2] & 0xff)) & mask
                                : hashing.hash(bytes, position) & mask;
                        chain[position & (SIZE - 1)] = heads[hash];
                        heads[hash] = (short) position;
                    }
                } else {
                    position = next;
                    hash = window.pair(position);
                }
            } else {
                ends = tokens.literal(bytes[position]) && ends(position);
                position++;
            }
            if (ends) {
                flush(position, false);
            }
        }
        window.position = position;
        window.lookahead = end - position;
    }

    @Override
    void flushPending() {
        // every token is written as soon as its bytes are parsed
    }

    @Override
    int pending() {
        return 0;
    }

    @Override
    void forget() {
        // nothing is held back between runs
    }
}
