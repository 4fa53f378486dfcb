package dev.dray.layer.deflate.klauspost;

import java.util.Arrays;

/// The part that the parsers of all levels share: the position in the chunk, and how a match becomes tokens.
///
/// Which positions a level remembers, and which candidate it takes, is its own: each shows in the output.
abstract sealed class MatchParser implements ChunkParser
        permits OneTableParser, Level3Parser, Level4Parser, LongMatchParser {
    /// No match starts from here on.
    int limit;
    /// Up to here the chunk is in the tokens.
    int emitted;
    /// Where the search would have gone on without the match.
    int next;
    /// Where the match starts; behind it, where the search goes on.
    int at;
    /// The position that the match repeats.
    int from;

    /// The tables of positions.
    abstract int[][] tables();

    /// Adds the matches of the chunk and the literals before each.
    abstract void addMatches(byte[] history, int end, Tokens tokens);

    @Override
    public final void parse(byte[] history, int start, int end, Tokens tokens) {
        if (end - start < MARGIN + 2) {
            return;
        }
        limit = end - MARGIN;
        emitted = start;
        at = start;
        addMatches(history, end, tokens);
        if (tokens.count > 0) {
            tokens.literals(history, emitted, end);
        }
    }

    @Override
    public final void clear() {
        for (int[] table : tables()) {
            Arrays.fill(table, UNREACHABLE);
        }
    }

    @Override
    public final void slide(int distance) {
        for (int[] table : tables()) {
            for (int index = 0; index < table.length; index++) {
                table[index] = Math.max(table[index] - distance, UNREACHABLE);
            }
        }
    }

    /// Whether a candidate is in reach and begins with these four bytes.
    static boolean matches(byte[] history, int position, int candidate, int bytes) {
        return position - candidate < REACH && bytes == Bytes.four(history, candidate);
    }

    /// The length of a match whose first four bytes are known to match.
    static int length(byte[] history, int at, int from, int end) {
        return 4 + Bytes.common(history, at + 4, from + 4, end);
    }

    /// Adds the match, extended backwards, and goes behind it.
    ///
    /// @param found its length forwards
    /// @return its length
    final int emit(byte[] history, int found, Tokens tokens) {
        int length = found;
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
}
