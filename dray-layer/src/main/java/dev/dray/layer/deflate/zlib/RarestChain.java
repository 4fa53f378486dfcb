package dev.dray.layer.deflate.zlib;

import static dev.dray.layer.deflate.zlib.SlidingWindow.LONG;
import static dev.dray.layer.deflate.zlib.SlidingWindow.MAX_DISTANCE;
import static dev.dray.layer.deflate.zlib.SlidingWindow.SIZE;

/// Finds what [LongestMatch] finds with fewer candidates, where many may be tried.
///
/// Whatever is longer than the best match so far agrees with it in all of its bytes, and so is in the chain of the
/// bytes one farther on too, two farther on, and so forth. Of some of these chains the one that begins farthest back
/// is walked. zlib counts the candidates of the first chain alone: the number of a place in its chain tells how many
/// come before it there. A chain that turns out crowded is left for what remains of the first one.
///
/// All places up to the one that is searched for must be in the chains and have their numbers. Not thread safe.
final class RarestChain {
    /// With fewer candidates than this the choice of a chain costs more than it saves.
    static final int WORTHWHILE = 128;

    /// How many chains are compared with the one that is walked, whenever a longer match was found.
    private static final int CHOICE = 3;

    private final SlidingWindow window;
    private final int hashed;

    // How far behind a candidate the bytes are whose chain is walked, and the offsets that were compared.
    private int offset;
    private int compared;

    // Where the first chain was left, and how many of its candidates were left to try.
    private int home;
    private int homeTries;

    RarestChain(SlidingWindow window) {
        this.window = window;
        this.hashed = window.hashing.width();
    }

    /// As [LongestMatch#find].
    int find(int first, int lookahead, int best, int enough, int chances, int position) {
        int limit = Math.max(position - MAX_DISTANCE, 0);
        if (first <= limit) {
            return LongestMatch.find(window, first, lookahead, best, enough, chances, position);
        }
        byte[] bytes = window.bytes;
        short[] chain = window.chain;
        int length = best;
        int match = 0;
        int next = first;
        int tries = chances;
        int below = first + 1;
        boolean better = length >= hashed;
        offset = 0;
        compared = 0;
        while (true) {
            int most = Math.min(Math.min(length + 1, lookahead) - hashed, position - below + 1);
            if (better && leave(position, most, next, tries)) {
                next = window.head(position + offset);
                tries = chances;
            }
            better = false;
            int probe = Math.max(length - 7, 0);
            long mask = -1L >>> (8 * Math.max(7 - length, 0));
            long wanted = (long) LONG.get(bytes, position + probe);
            int stop = limit + offset;
            int shift = probe - offset;
            while (next > stop && tries > 0 && (((long) LONG.get(bytes, next + shift) ^ wanted) & mask) != 0) {
                next = chain[next & (SIZE - 1)] & 0xffff;
                tries--;
            }
            if (next <= stop || (tries == 0 && offset == 0)) {
                break;
            }
            if (tries == 0) {
                offset = 0;
                compared = LongestMatch.MAX;
                next = home;
                tries = homeTries;
                continue;
            }
            int candidate = next - offset;
            int found = candidate < below ? LongestMatch.common(bytes, position, candidate) : 0;
            if (found > length) {
                if (window.between(candidate, first) >= chances) {
                    break;
                }
                length = found;
                match = candidate;
                if (found >= enough) {
                    break;
                }
                below = candidate;
                better = true;
            }
            next = chain[next & (SIZE - 1)] & 0xffff;
            tries--;
        }
        return Math.min(length, lookahead) << 16 | match;
    }

    /// Chooses between the chain that is walked and those of the offsets up to `most` that were not compared yet.
    ///
    /// @return whether it is another one
    private boolean leave(int position, int most, int next, int tries) {
        int chosen = offset;
        int farthest = next - offset;
        for (int other = most; other > Math.max(compared, most - CHOICE); other--) {
            int nearest = window.head(position + other) - other;
            if (nearest < farthest) {
                farthest = nearest;
                chosen = other;
            }
        }
        compared = Math.max(compared, most);
        if (chosen == offset) {
            return false;
        }
        if (offset == 0) {
            home = next;
            homeTries = tries;
        }
        offset = chosen;
        return true;
    }
}
