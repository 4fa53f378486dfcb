package dev.dray.layer.deflate.zlib;

import static dev.dray.layer.deflate.zlib.SlidingWindow.MAX_DISTANCE;
import static dev.dray.layer.deflate.zlib.SlidingWindow.SIZE;

import java.io.IOException;

/// Takes a match only when the next byte does not begin a longer one: levels 4 to 9. Not thread safe.
final class LazyParser extends Parser {
    /// A match of three bytes farther away than this costs more than its literals.
    private static final int TOO_FAR = 4096;

    private static final int NONE = LongestMatch.MIN - 1;

    private final int good;
    private final int patience;
    private final int nice;
    private final int tries;
    private final boolean many;
    private final RarestChain rarest;
    /// Of the match at the byte before the next one.
    private int length = NONE;
    /// Of that match.
    private int distance;
    /// Whether the byte before the next one is not in a token yet.
    private boolean waiting;

    LazyParser(Level level, SlidingWindow window, Dialect dialect, BlockWriter writer) {
        super(window, dialect, 1, writer);
        this.good = level.good();
        this.patience = level.patience();
        this.nice = level.nice();
        this.tries = level.chain();
        this.many = tries >= RarestChain.WORTHWHILE;
        this.rarest = new RarestChain(window);
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
                if (many) {
                    window.number(position, candidate);
                }
                heads[hash] = (short) position;
            }
            int before = length;
            int beforeDistance = distance;
            length = NONE;
            if (candidate != 0
                    && before < patience
                    && position - candidate <= MAX_DISTANCE
                    && position <= tail.lastSearched) {
                search(candidate, end - position, before, position);
            }
            if (before >= LongestMatch.MIN && length <= before) {
                boolean ends = tokens.match(beforeDistance, before - LongestMatch.MIN) && ends(position);
                int next = position - 1 + before;
                int lastHashed = Math.min(next - 1, end - LongestMatch.MIN);
                while (position < lastHashed) {
                    position++;
                    hash = rolling
                            ? ((hash << shift) ^ (bytes[position + 2] & 0xff)) & mask
                            : hashing.hash(bytes, position) & mask;
                    short head = heads[hash];
                    chain[position & (SIZE - 1)] = head;
                    if (many) {
                        window.number(position, head);
                    }
                    heads[hash] = (short) position;
                }
                position = next;
                waiting = false;
                length = NONE;
                if (ends) {
                    flush(position, false);
                }
            } else {
                if (waiting && tokens.literal(bytes[position - 1]) && ends(position)) {
                    flush(position, false);
                }
                waiting = true;
                position++;
            }
        }
        window.position = position;
        window.lookahead = end - position;
    }

    private void search(int candidate, int lookahead, int before, int position) {
        int chances = before >= good ? tries >> 2 : tries;
        int enough = enough(nice, lookahead);
        int found = chances >= RarestChain.WORTHWHILE
                ? rarest.find(candidate, lookahead, before, enough, chances, position)
                : LongestMatch.find(window, candidate, lookahead, before, enough, chances, position);
        length = found >>> 16;
        distance = position - (found & 0xffff);
        if (length == LongestMatch.MIN && distance > TOO_FAR) {
            length = NONE;
        }
    }

    @Override
    void flushPending() {
        if (waiting) {
            tokens.literal(window.bytes[window.position - 1]);
            waiting = false;
        }
    }

    @Override
    int pending() {
        return waiting ? 1 : 0;
    }

    @Override
    void forget() {
        length = NONE;
        waiting = false;
    }
}
