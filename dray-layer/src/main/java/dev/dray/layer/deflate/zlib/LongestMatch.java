package dev.dray.layer.deflate.zlib;

import static dev.dray.layer.deflate.zlib.SlidingWindow.LONG;
import static dev.dray.layer.deflate.zlib.SlidingWindow.MAX_DISTANCE;

/// Walks a chain of candidates for the longest match, the nearest of the longest ones.
final class LongestMatch {
    static final int MIN = 3;
    static final int MAX = 258;

    private LongestMatch() {}

    /// Finds a match longer than `best`.
    ///
    /// A candidate is worth a comparison when the eight bytes (fewer in the beginning) that would make it longer
    /// than the best one agree. Most fail there, in a loop of their own, which compiles into registers. Bytes
    /// behind the lookahead may take part.
    ///
    /// @param best at least 2; what is found is longer
    /// @param enough the length that ends the search; with more than the lookahead, the bytes behind it are part of
    ///     the choice
    /// @param tries at least 1
    /// @return the length, `best` when none is longer, shifted left by 16, and the place
    static int find(SlidingWindow window, int first, int lookahead, int best, int enough, int tries, int position) {
        byte[] bytes = window.bytes;
        short[] chain = window.chain;
        int limit = Math.max(position - MAX_DISTANCE, 0);
        int candidate = first;
        int length = best;
        int match = 0;
        int probe = Math.max(length - 7, 0);
        long mask = -1L >>> (8 * Math.max(7 - length, 0));
        long wanted = (long) LONG.get(bytes, position + probe);
        while (true) {
            if (((((long) LONG.get(bytes, candidate + probe)) ^ wanted) & mask) == 0) {
                int found = common(bytes, position, candidate);
                if (found > length) {
                    length = found;
                    match = candidate;
                    if (found >= enough) {
                        break;
                    }
                    probe = Math.max(length - 7, 0);
                    mask = -1L >>> (8 * Math.max(7 - length, 0));
                    wanted = (long) LONG.get(bytes, position + probe);
                }
            }
            do {
                candidate = chain[candidate & (chain.length - 1)] & 0xffff;
                tries--;
            } while (candidate > limit
                    && tries > 0
                    && ((((long) LONG.get(bytes, candidate + probe)) ^ wanted) & mask) != 0);
            if (candidate <= limit || tries == 0) {
                break;
            }
        }
        return Math.min(length, lookahead) << 16 | match;
    }

    static int common(byte[] bytes, int position, int candidate) {
        for (int n = 0; n < MAX; n += Long.BYTES) {
            long differing = (long) LONG.get(bytes, position + n) ^ (long) LONG.get(bytes, candidate + n);
            if (differing != 0) {
                return Math.min(n + (Long.numberOfTrailingZeros(differing) >>> 3), MAX);
            }
        }
        return MAX;
    }
}
