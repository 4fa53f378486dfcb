package dev.dray.layer.deflate.klauspost;

import java.io.IOException;

/// Levels 1 to 6: matches within a history of five chunks.
///
/// When the history is full, its last 32 KiB move to its start. Matches are not extended backwards beyond the start, so
/// the moment of the move shows in the output and the size of the history is part of the format.
final class MatchCoder implements ChunkCoder {
    private static final int HISTORY = 5 * LONGEST_STORED;
    private static final int TINY_BELOW = 128;
    private static final int STORED_UP_TO = 32;

    private final BlockWriter out;
    private final ChunkParser parser;
    private final Tokens tokens;
    private final boolean parsesSmall;
    private final byte[] history = new byte[HISTORY];
    private int length;

    /// @param parsesSmall whether chunks of less than 128 bytes are parsed, too, if they are not the whole stream
    MatchCoder(ChunkParser parser, Tokens tokens, BlockWriter out, boolean parsesSmall) {
        this.parser = parser;
        this.tokens = tokens;
        this.out = out;
        this.parsesSmall = parsesSmall;
    }

    @Override
    public int chunkSize() {
        return LONGEST_STORED;
    }

    @Override
    public void restart(byte[] plain, int from, int to) {
        forget();
        tokens.clear();
        int start = Math.max(from, to - ChunkParser.REACH);
        parse(plain, start, to - start);
        tokens.clear();
    }

    private void forget() {
        parser.clear();
        length = 0;
    }

    private void parse(byte[] plain, int offset, int size) {
        if (length + size > history.length) {
            int moved = length - ChunkParser.REACH;
            System.arraycopy(history, moved, history, 0, ChunkParser.REACH);
            parser.slide(moved);
            length = ChunkParser.REACH;
        }
        System.arraycopy(plain, offset, history, length, size);
        int start = length;
        length += size;
        parser.parse(history, start, length, tokens);
    }

    @Override
    public void code(byte[] chunk, int size, Ending ending) throws IOException {
        boolean sync = ending != Ending.NONE;
        boolean tiny = size < TINY_BELOW;
        if (tiny && (!parsesSmall || (ending == Ending.CLOSE && length == 0))) {
            if (size <= STORED_UP_TO) {
                out.stored(chunk, 0, size);
            } else {
                out.literals(chunk, 0, size, true);
            }
            forget();
            return;
        }
        parse(chunk, 0, size);
        if (size < ChunkParser.SHORTEST || (tokens.count == 0 && !tiny)) {
            out.stored(chunk, 0, size);
        } else if (tokens.count == 0 || tokens.count > size - (size >> 4)) {
            out.literals(chunk, 0, size, sync);
        } else {
            out.tokens(tokens, chunk, 0, size, sync);
        }
        tokens.clear();
    }
}
