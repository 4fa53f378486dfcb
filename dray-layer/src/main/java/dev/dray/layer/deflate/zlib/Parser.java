package dev.dray.layer.deflate.zlib;

import static dev.dray.layer.deflate.zlib.SlidingWindow.MIN_LOOKAHEAD;
import static dev.dray.layer.deflate.zlib.SlidingWindow.SIZE;

import java.io.IOException;

/// Turns the bytes of a window into tokens, and has blocks of them written as they end. Not thread safe.
abstract sealed class Parser permits FastParser, LazyParser {
    final SlidingWindow window;
    final Tokens tokens;
    final Tail tail;
    private final BlockEnd blockEnd;
    private final BlockWriter writer;

    Parser(SlidingWindow window, Tail tail, BlockEnd blockEnd, BlockWriter writer) {
        this.window = window;
        this.tail = tail;
        this.blockEnd = blockEnd;
        this.tokens = new Tokens(blockEnd.capacity(), blockEnd.firstCheckpoint());
        this.writer = writer;
    }

    static Parser of(Level level, SlidingWindow window, Tail tail, BlockEnd blockEnd, BlockWriter writer) {
        return level.lazy()
                ? new LazyParser(level, window, tail, blockEnd, writer)
                : new FastParser(level, window, tail, blockEnd, writer);
    }

    /// Forgets what was parsed, for a stream that begins anew.
    final void reset() {
        tokens.clear();
        forget();
    }

    /// Takes more of the input, and parses whenever the window is full.
    final void feed(byte[] plain, int offset, int length) throws IOException {
        int end = offset + length;
        for (int next = offset; next < end; ) {
            next += window.append(plain, next, end - next);
            if (window.full()) {
                parseFull();
            }
        }
    }

    /// Parses the full window as far as that is possible without the bytes that come behind it.
    private void parseFull() throws IOException {
        run(window.position + window.lookahead - MIN_LOOKAHEAD + 1);
        window.slideWhenDue();
    }

    /// Parses all bytes of the window and ends the block, if there is one or it is the last.
    final void parseRest(boolean last) throws IOException {
        int ahead = window.lookahead;
        if (ahead >= MIN_LOOKAHEAD) {
            run(window.position + ahead - MIN_LOOKAHEAD + 1);
        }
        window.slideWhenDue();
        switch (tail) {
            case ZLIB -> runToEnd();
            case GNU_GZIP -> {
                window.clearBehind(2);
                run(window.position + window.lookahead);
            }
        }
        settle();
        window.unhashed = Math.min(window.position, 2);
        if (last || tokens.count > 0) {
            flush(window.position, last);
        }
    }

    private void runToEnd() throws IOException {
        while (window.lookahead > 0) {
            run(Math.min(window.position + window.lookahead, SIZE + SlidingWindow.MAX_DISTANCE));
            window.slideWhenDue();
        }
    }

    /// The length of a match that ends the search, where the level says `nice`.
    final int enough(int nice, int lookahead) {
        return tail == Tail.ZLIB ? Math.min(nice, lookahead) : nice;
    }

    /// Parses until `window.position` is at `stop` or, by less than the length of a match, behind it.
    abstract void run(int stop) throws IOException;

    /// Turns into tokens what was parsed but kept back.
    abstract void settle();

    /// Drops what was kept back.
    abstract void forget();

    /// Whether the block ends at the checkpoint that was reached.
    final boolean ends(int position) {
        return blockEnd.reached(tokens, position - window.blockStart);
    }

    /// Writes the block that ends before `position`.
    final void flush(int position, boolean last) throws IOException {
        writer.write(tokens, window.bytes, window.blockStart, position - window.blockStart, last);
        window.blockStart = position;
    }
}
