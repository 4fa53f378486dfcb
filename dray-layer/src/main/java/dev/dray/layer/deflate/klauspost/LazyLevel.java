package dev.dray.layer.deflate.klauspost;

/// The parameters by which levels 7, 8 and 9 differ.
enum LazyLevel {
    SEVEN(12, 16, 24, false),
    EIGHT(30, 40, 64, false),
    NINE(258, 258, 1024, true);

    private final int lazy;
    private final int nice;
    private final int chain;
    private final boolean priced;

    LazyLevel(int lazy, int nice, int chain, boolean priced) {
        this.lazy = lazy;
        this.nice = nice;
        this.chain = chain;
        this.priced = priced;
    }

    static LazyLevel of(int level) {
        return values()[level - 7];
    }

    /// A match of that length is taken without a look at the next position.
    int lazy() {
        return lazy;
    }

    /// A match of that length ends the search.
    int nice() {
        return nice;
    }

    /// How many candidates are looked at.
    int chain() {
        return chain;
    }

    /// Whether a longer match must also save more bits against its literals.
    boolean priced() {
        return priced;
    }
}
