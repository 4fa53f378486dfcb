package dev.dray.layer.deflate.zlib;

/// How the last bytes of the input are parsed.
enum Tail {
    /// The window slides as it always does, and the first match that reaches the end is taken.
    ZLIB(Integer.MAX_VALUE),

    /// Once the end is known the window stays where it is, and nothing is found from a place on that leaves no room
    /// in it for the longest match. Matches are compared beyond the end: two zeros, then what the window held
    /// before.
    GNU_GZIP(2 * SlidingWindow.SIZE - SlidingWindow.MIN_LOOKAHEAD);

    /// The last place that is searched for a match.
    final int lastSearched;

    Tail(int lastSearched) {
        this.lastSearched = lastSearched;
    }
}
