package dev.dray.layer.deflate.klauspost;

/// Finds the matches of levels 1 to 6, chunk by chunk, in a history that slides.
///
/// Positions in its tables are positions in the history. A position that is [#UNREACHABLE] is too far before any other
/// to match. A parser keeps its tables between chunks; it is not thread safe.
interface ChunkParser {
    /// Matches reach back less than so far, in bytes.
    int REACH = 1 << 15;

    int UNREACHABLE = -4 * REACH;

    /// No match starts in so many bytes at the end of a chunk.
    int MARGIN = 11;

    /// A shorter chunk is only remembered.
    int SHORTEST = MARGIN + 2;

    /// Parses `history[start, end)`. Without any match the tokens stay empty: the literals are not added either.
    void parse(byte[] history, int start, int end, Tokens tokens);

    /// Forgets all positions.
    void clear();

    /// Follows a history that moved down by `distance` bytes; positions that get out of reach become
    /// [#UNREACHABLE] at the lowest.
    void slide(int distance);
}
