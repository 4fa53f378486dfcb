package dev.dray.layer.deflate.go;

/// How hard Go looks for matches at the levels 2 to 9.
///
/// @param lazy a match as long as this is taken without a look at the next position; 0 for none at all
/// @param nice a match as long as this ends the search
/// @param chain most candidates looked at
/// @param insertUpTo greedy levels: the positions inside a longer match are not remembered
record GoLevel(int lazy, int nice, int chain, int insertUpTo) {
    private static final GoLevel[] LEVELS = {
        new GoLevel(0, 16, 8, 5),
        new GoLevel(0, 32, 32, 6),
        new GoLevel(4, 16, 16, 0),
        new GoLevel(16, 32, 32, 0),
        new GoLevel(16, 128, 128, 0),
        new GoLevel(32, 128, 256, 0),
        new GoLevel(128, 258, 1024, 0),
        new GoLevel(258, 258, 4096, 0),
    };

    /// @param level from 2 to 9
    static GoLevel of(int level) {
        return LEVELS[level - 2];
    }

    boolean greedy() {
        return lazy == 0;
    }
}
