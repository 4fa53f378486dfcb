package dev.dray.layer.deflate.klauspost;

import java.io.IOException;
import java.util.Arrays;

/// Levels 7 to 9: hash chains over a window of 64 KiB, and a match only when the next position has no longer one.
///
/// The window is parsed when it is full, up to what a match may still need, and then moves down by half; positions in
/// the chains are positions in the window, and negative when they left it. Not thread safe.
final class LazyEngine implements Engine {
    private static final int REACH = 1 << 15;
    private static final int HASH_BITS = 17;
    private static final int SHORTEST = 4;
    private static final int LONGEST = 258;
    private static final int LOOK_AHEAD = SHORTEST + LONGEST;
    private static final int BLOCK_TOKENS = 1 << 15;
    private static final int LEAST_GAIN = 4;
    private static final int TAIL_SKIP = 2;
    private static final int LEFT = -1;
    private static final int NOT_AT_HAND = Integer.MAX_VALUE;

    private final LazyLevel level;
    private final BlockWriter out;
    private final Tokens tokens;
    private final LiteralPrices prices;
    private final byte[] window = new byte[2 * REACH];
    private final int[] heads = new int[1 << HASH_BITS];
    private final int[] chain = new int[REACH];

    private int end;
    private int index;
    private int insertable;
    private int head;
    private int length;
    private int distance;
    private int literalRun;
    private int blockStart;
    private boolean literalWaits;
    private boolean sync;

    LazyEngine(LazyLevel level, Tokens tokens, BlockWriter out) {
        this.level = level;
        this.tokens = tokens;
        this.out = out;
        this.prices = new LiteralPrices(window.length);
        restart(window, 0, 0);
    }

    @Override
    public void restart(byte[] plain, int from, int to) {
        Arrays.fill(heads, LEFT);
        Arrays.fill(chain, LEFT);
        tokens.clear();
        head = LEFT;
        length = SHORTEST - 1;
        distance = 0;
        literalRun = 0;
        literalWaits = false;
        insertable = 0;
        end = to - Math.max(from, to - REACH);
        System.arraycopy(plain, to - end, window, 0, end);
        for (int position = 0; position <= end - SHORTEST; position++) {
            insert(position);
        }
        head = LEFT;
        index = end;
        blockStart = end;
    }

    private void insert(int position) {
        int hash = Bytes.hash4(Bytes.four(window, position), HASH_BITS);
        head = heads[hash];
        chain[position & (REACH - 1)] = head;
        heads[hash] = position;
    }

    @Override
    public void write(byte[] plain, int offset, int size) throws IOException {
        int position = offset;
        int rest = size;
        while (rest > 0) {
            if (end == window.length) {
                parse();
                slide();
            }
            int piece = Math.min(rest, window.length - end);
            System.arraycopy(plain, position, window, end, piece);
            end += piece;
            position += piece;
            rest -= piece;
        }
    }

    @Override
    public void flush() throws IOException {
        sync = true;
        parse();
        sync = false;
    }

    private void slide() {
        System.arraycopy(window, REACH, window, 0, REACH);
        index -= REACH;
        end -= REACH;
        head -= REACH;
        blockStart = blockStart >= REACH && blockStart != NOT_AT_HAND ? blockStart - REACH : NOT_AT_HAND;
        slide(heads);
        slide(chain);
    }

    private static void slide(int[] positions) {
        for (int at = 0; at < positions.length; at++) {
            positions[at] = Math.max(positions[at] - REACH, LEFT);
        }
    }

    private void parse() throws IOException {
        if (end - index < LOOK_AHEAD && !sync) {
            return;
        }
        if (level.priced() && end != index) {
            prices.learn(window, index, end);
        }
        insertable = end - (SHORTEST - 1);
        while (end - index >= LOOK_AHEAD || sync) {
            int ahead = end - index;
            if (ahead == 0) {
                finishBlock();
                return;
            }
            if (index < insertable) {
                insert(index);
            }
            int lastLength = length;
            int lastDistance = distance;
            length = SHORTEST - 1;
            distance = 0;
            if (head >= Math.max(index - REACH, 0) && ahead > lastLength && lastLength < level.lazy()) {
                find(Math.min(ahead, LONGEST));
            }
            if (lastLength >= SHORTEST && length <= lastLength) {
                takeLast(lastLength, lastDistance, ahead);
            } else {
                passLiteral();
            }
        }
    }

    private void finishBlock() throws IOException {
        if (literalWaits) {
            tokens.literal(window[index - 1]);
            literalWaits = false;
        }
        if (tokens.count > 0) {
            endBlock();
        }
    }

    private void endBlock() throws IOException {
        out.tokens(tokens, window, blockStart, index, sync);
        blockStart = index;
        tokens.clear();
    }

    private void endFullBlock() throws IOException {
        if (tokens.count == BLOCK_TOKENS) {
            endBlock();
        }
    }

    /// Looks along the chain for the longest match at the index, or the one that saves most when literals have
    /// prices.
    private void find(int longest) {
        int lowest = Math.max(index - REACH, 0);
        int nice = Math.min(level.nice(), longest);
        int best = SHORTEST - 1;
        int gain = LEAST_GAIN;
        byte tail = window[index + best];
        int candidate = head;
        for (int tries = level.chain(); tries > 0; tries--) {
            if (tail == window[candidate + best]) {
                int found = Bytes.common(window, index, candidate, index + longest);
                boolean better = found > best;
                if (better && level.priced()) {
                    int foundGain = prices.gain(index, found, index - candidate);
                    better = foundGain > gain;
                    gain = Math.max(gain, foundGain);
                }
                if (better) {
                    best = found;
                    length = found;
                    distance = index - candidate;
                    if (found >= nice) {
                        return;
                    }
                    tail = window[index + found];
                }
            }
            if (candidate <= lowest) {
                return;
            }
            candidate = chain[candidate & (REACH - 1)];
            if (candidate < lowest) {
                return;
            }
        }
    }

    /// Takes the match at the position before the index, or a longer one that its tail leads to.
    private void takeLast(int lastLength, int lastDistance, int ahead) throws IOException {
        int matchLength = lastLength;
        int matchDistance = lastDistance;
        int start = index - 1;
        if (lastLength < LONGEST - TAIL_SKIP && start + lastLength < insertable) {
            int limit = Math.min(ahead, LONGEST + TAIL_SKIP) + start;
            int hash = Bytes.hash4(Bytes.four(window, start + lastLength), HASH_BITS);
            int candidate = heads[hash] - lastLength;
            if (start - candidate != lastDistance && candidate > Math.max(index - REACH, 0) + TAIL_SKIP) {
                int found = Bytes.common(window, start + TAIL_SKIP, candidate + TAIL_SKIP, limit);
                if (found > lastLength) {
                    matchLength = found + extendBack(start, candidate, found);
                    matchDistance = start - candidate;
                }
            }
        }
        tokens.match(matchLength, matchDistance);
        int newIndex = index + matchLength - 1;
        int stop = Math.min(newIndex, insertable);
        int saved = head;
        for (int position = index + 1; position < stop; position++) {
            insert(position);
        }
        head = saved;
        index = newIndex;
        literalWaits = false;
        length = SHORTEST - 1;
        literalRun = 0;
        endFullBlock();
    }

    /// Extends a match backwards over the bytes that its search left out; those that do not match become literals.
    private int extendBack(int start, int candidate, int found) throws IOException {
        for (int skipped = TAIL_SKIP - 1; skipped >= 0; skipped--) {
            int extended = TAIL_SKIP - 1 - skipped;
            if (found + extended >= LONGEST || window[start + skipped] != window[candidate + skipped]) {
                for (int literal = 0; literal <= skipped; literal++) {
                    tokens.literal(window[start + literal]);
                    endFullBlock();
                    advance();
                }
                return extended;
            }
        }
        return TAIL_SKIP;
    }

    private void advance() {
        index++;
        if (index < insertable) {
            insert(index);
        }
    }

    /// Sends the literal that waits and lets the next one wait; after a long run without match, several at once.
    private void passLiteral() throws IOException {
        if (length >= SHORTEST) {
            literalRun = 0;
        }
        if (!literalWaits) {
            index++;
            literalWaits = true;
            return;
        }
        literalRun = (literalRun + 1) & 0xffff;
        tokens.literal(window[index - 1]);
        endFullBlock();
        index++;
        int excess = literalRun - level.chain();
        if (excess > 0) {
            for (int more = 1 + (excess >> 6); more > 0 && index < end - 1; more--) {
                tokens.literal(window[index - 1]);
                endFullBlock();
                if (index < insertable) {
                    insert(index);
                }
                index++;
            }
            tokens.literal(window[index - 1]);
            literalWaits = false;
            endFullBlock();
        }
    }
}
