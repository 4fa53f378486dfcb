package dev.dray.layer.deflate.go;

import dev.dray.layer.deflate.BitWriter;
import dev.dray.layer.deflate.Checkpoint;
import dev.dray.layer.deflate.ResumableEncoder;
import java.io.IOException;
import java.io.OutputStream;

/// Levels 2 to 9: hash chains, greedy at 2 and 3, with a look at the next position from 4 on.
///
/// A block ends at 16,384 tokens. Levels 4 to 9 remember every position, so their whole state at a block's
/// beginning follows from the 32 KiB before it: a literal that waits there is looked up again with the same
/// result. That makes them resumable; levels 2 and 3 skip positions inside matches and are not.
final class GoChainEncoder implements ResumableEncoder {
    private static final int BLOCK_TOKENS = 1 << 14;
    private static final int DROPPED = Integer.MAX_VALUE;
    private static final int SHIFT_LIMIT = 1 << 30;

    private final GoLevel level;
    private final GoWindow window;
    private final BitWriter out;
    private final GoBlockWriter writer;
    private final int[] tokens = new int[BLOCK_TOKENS];
    private int count;
    private int index;
    private int blockStart;
    private int head;

    // Plain bytes before the window, and before the block that has not ended yet.
    private long slid;
    private long ended;

    // What the position before found, and whether its byte still waits for its fate.
    private int match;
    private boolean waiting;

    // Where a resumed encoder began, and how many positions before that are still to be remembered.
    private int resumeAt;
    private int known;

    GoChainEncoder(int level, OutputStream out) {
        this(level, new BitWriter(out), SHIFT_LIMIT);
    }

    GoChainEncoder(int level, BitWriter out, int shiftLimit) {
        this.level = GoLevel.of(level);
        this.window = new GoWindow(this.level, shiftLimit);
        this.out = out;
        this.writer = new GoBlockWriter(out);
    }

    /// Goes on from a checkpoint.
    ///
    /// @param before the plain bytes before it, all or the last 32 KiB
    static GoChainEncoder resume(int level, Checkpoint from, byte[] before, OutputStream out) {
        GoChainEncoder encoder =
                new GoChainEncoder(level, new BitWriter(out, from.carry(), from.carryWidth()), SHIFT_LIMIT);
        long base = from.plainPosition() < GoWindow.SLIDE
                ? 0
                : (from.plainPosition() - (GoWindow.SLIDE - GoWindow.HALF)) / GoWindow.HALF * GoWindow.HALF;
        int at = (int) (from.plainPosition() - base);
        int known = Math.min(Math.min(before.length, GoWindow.HALF), at);
        System.arraycopy(before, before.length - known, encoder.window.bytes, at - known, known);
        encoder.resumeAt = at;
        encoder.known = known;
        encoder.window.end = at;
        encoder.index = at;
        encoder.blockStart = at;
        encoder.slid = -at;
        return encoder;
    }

    @Override
    public void write(byte[] plain, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            if (index >= GoWindow.SLIDE) {
                slide();
            }
            int part = Math.min(length - done, GoWindow.SIZE - window.end);
            System.arraycopy(plain, offset + done, window.bytes, window.end, part);
            window.end += part;
            done += part;
            encode(false);
        }
    }

    @Override
    public void finish() throws IOException {
        encode(true);
        writer.end();
    }

    @Override
    public void drain() throws IOException {
        out.drain();
    }

    @Override
    public Checkpoint checkpoint() {
        return new Checkpoint(ended, out.position(), out.carry(), 0);
    }

    private void slide() {
        window.slide();
        slid += GoWindow.HALF;
        index -= GoWindow.HALF;
        blockStart = blockStart >= GoWindow.HALF && blockStart != DROPPED ? blockStart - GoWindow.HALF : DROPPED;
    }

    private void encode(boolean last) throws IOException {
        if (known > 0 && window.end - resumeAt >= GoWindow.MIN_MATCH) {
            window.insert(resumeAt - known, resumeAt);
            known = 0;
        }
        if (level.greedy()) {
            encodeGreedy(last);
        } else {
            encodeLazy(last);
        }
    }

    private boolean ended(int lookahead, boolean last) throws IOException {
        if (!last) {
            return true;
        }
        if (lookahead > 0) {
            return false;
        }
        if (waiting) {
            tokens[count++] = window.bytes[index - 1] & 0xff;
            waiting = false;
        }
        if (count > 0) {
            writeBlock(index);
        }
        return true;
    }

    private void encodeLazy(boolean last) throws IOException {
        int end = window.end;
        int insertable = end - (GoWindow.MIN_MATCH - 1);
        while (true) {
            int at = index;
            int lookahead = end - at;
            if (lookahead < GoWindow.MIN_LOOKAHEAD && ended(lookahead, last)) {
                return;
            }
            if (at < insertable) {
                head = window.insert(at);
            }
            int before = match;
            int lengthBefore = Math.max(GoWindow.MIN_MATCH - 1, before >>> 16);
            int found = 0;
            int candidate = head - window.shift;
            if (candidate >= Math.max(0, at - GoWindow.HALF)
                    && lookahead > lengthBefore
                    && lengthBefore < level.lazy()) {
                found = window.search(at, candidate, lookahead, lengthBefore);
            }
            if (lengthBefore >= GoWindow.MIN_MATCH && found >>> 16 <= lengthBefore) {
                take(before);
                int next = at + lengthBefore - 1;
                window.insert(at + 1, Math.min(next, insertable));
                index = next;
                waiting = false;
                match = 0;
                if (count == BLOCK_TOKENS) {
                    writeBlock(next);
                }
            } else {
                if (waiting) {
                    tokens[count++] = window.bytes[at - 1] & 0xff;
                    if (count == BLOCK_TOKENS) {
                        writeBlock(at);
                    }
                }
                match = found;
                index = at + 1;
                waiting = true;
            }
        }
    }

    private void encodeGreedy(boolean last) throws IOException {
        int end = window.end;
        int insertable = end - (GoWindow.MIN_MATCH - 1);
        while (true) {
            int at = index;
            int lookahead = end - at;
            if (lookahead < GoWindow.MIN_LOOKAHEAD && ended(lookahead, last)) {
                return;
            }
            if (at < insertable) {
                head = window.insert(at);
            }
            int candidate = head - window.shift;
            int found = candidate >= Math.max(0, at - GoWindow.HALF) && lookahead >= GoWindow.MIN_MATCH
                    ? window.search(at, candidate, lookahead, GoWindow.MIN_MATCH - 1)
                    : 0;
            int next = at + Math.max(1, found >>> 16);
            if (found == 0) {
                tokens[count++] = window.bytes[at] & 0xff;
            } else {
                take(found);
                if (found >>> 16 <= level.insertUpTo()) {
                    window.insert(at + 1, Math.min(next, insertable));
                }
            }
            index = next;
            if (count == BLOCK_TOKENS) {
                writeBlock(next);
            }
        }
    }

    private void take(int found) {
        int lessThree = (found >>> 16) - 3;
        tokens[count++] = GoBlockWriter.MATCH | lessThree << 16 | ((found & 0xffff) - 1);
    }

    private void writeBlock(int to) throws IOException {
        int from = blockStart <= to ? blockStart : -1;
        blockStart = to;
        ended = slid + to;
        writer.smallest(tokens, count, window.bytes, from, to);
        count = 0;
    }
}
