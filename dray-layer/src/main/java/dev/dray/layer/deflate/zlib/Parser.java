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
    private final boolean rsyncable;
    /// How many bytes are parsed, at most, but kept back.
    private final int lag;
    private final RollingCuts cuts;

    Parser(SlidingWindow window, Dialect dialect, int lag, BlockWriter writer) {
        this.window = window;
        this.tail = dialect.tail();
        this.blockEnd = dialect.blockEnd();
        this.tokens = new Tokens(blockEnd.capacity(), blockEnd.firstCheckpoint());
        this.rsyncable = dialect.rsyncable();
        this.cuts = new RollingCuts(window);
        this.lag = lag;
        this.writer = writer;
    }

    static Parser of(Level level, SlidingWindow window, Dialect dialect, BlockWriter writer) {
        return level.lazy()
                ? new LazyParser(level, window, dialect, writer)
                : new FastParser(level, window, dialect, writer);
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
        advance(window.position + window.lookahead - MIN_LOOKAHEAD + 1);
        slide();
    }

    /// Parses all bytes of the window and ends the block, if there is one or it is the last.
    final void parseRest(boolean last) throws IOException {
        int ahead = window.lookahead;
        if (ahead >= MIN_LOOKAHEAD) {
            advance(window.position + ahead - MIN_LOOKAHEAD + 1);
        }
        slide();
        switch (tail) {
            case ZLIB -> parseSliding();
            case GNU_GZIP -> {
                window.clearBehind(2);
                advance(window.position + window.lookahead);
            }
        }
        flushPending();
        window.unhashed = Math.min(window.position, 2);
        if (last || tokens.count > 0) {
            flush(window.position, last);
        }
    }

    private void parseSliding() throws IOException {
        while (window.lookahead > 0) {
            advance(Math.min(window.position + window.lookahead, SIZE + SlidingWindow.MAX_DISTANCE));
            slide();
        }
    }

    private void slide() {
        if (window.slideWhenDue()) {
            cuts.slide();
        }
    }

    /// As [#run], with blocks that end where they are cut.
    private void advance(int stop) throws IOException {
        if (!rsyncable) {
            run(stop);
            return;
        }
        int done = window.position - pending();
        while (window.position < stop) {
            int cut = cuts.after(done);
            run((int) Math.min(stop, (long) cut + lag));
            done = window.position - pending();
            if (done >= cut) {
                cutAt(done);
            }
        }
    }

    private void cutAt(int position) throws IOException {
        if (tokens.count > 0) {
            flush(position, false);
        }
        if (writer.pendingBits() != 0) {
            writer.stored(window.bytes, 0, 0, false);
        }
    }

    /// The length of a match that ends the search, where the level says `nice`.
    final int enough(int nice, int lookahead) {
        return tail == Tail.ZLIB ? Math.min(nice, lookahead) : nice;
    }

    /// Parses until `window.position` is at `stop` or, by less than the length of a match, behind it.
    abstract void run(int stop) throws IOException;

    /// Turns parsed bytes that are held back into tokens.
    abstract void flushPending();

    /// How many parsed bytes are held back.
    abstract int pending();

    /// Drops parsed bytes that are held back.
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
