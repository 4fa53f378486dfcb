package dev.dray.layer.deflate.zlib;

import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;

/// A compression level as the parsers of zlib read it, which are those of GNU gzip and pigz too.
///
/// @param lazy true: a match waits for a better one at the next byte; false: the first match is taken
/// @param good a match at least this long cuts the search for a better one to a quarter
/// @param patience lazy: no search behind a match at least this long; else: the longest match whose bytes are all
/// hashed
/// @param nice a match at least this long ends the search
/// @param chain how many candidates are looked at, at most
record Level(boolean lazy, int good, int patience, int nice, int chain) {
    /// Of 1 to 9.
    static Level of(int level) {
        return switch (level) {
            case 1 -> new Level(false, 4, 4, 8, 4);
            case 2 -> new Level(false, 4, 5, 16, 8);
            case 3 -> new Level(false, 4, 6, 32, 32);
            case 4 -> new Level(true, 4, 4, 16, 16);
            case 5 -> new Level(true, 8, 16, 32, 32);
            case 6 -> new Level(true, 8, 16, 128, 128);
            case 7 -> new Level(true, 8, 32, 128, 256);
            case 8 -> new Level(true, 32, 128, 258, 1024);
            case 9 -> new Level(true, 32, 258, 258, 4096);
            default ->
                throw new DrayException(
                        Kind.UNSUPPORTED, "zlib has no level %d: choose one from 1 to 9".formatted(level));
        };
    }
}
