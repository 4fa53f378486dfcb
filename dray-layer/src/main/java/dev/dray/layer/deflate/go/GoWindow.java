package dev.dray.layer.deflate.go;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The sliding window of the levels 2 to 9, and the chains of positions whose next four bytes hash alike.
///
/// 64 KiB of plain bytes, of which the lower half is dropped when the parser comes within 262 bytes of the end
/// and more is to come. A match reaches back 32 KiB at most and never before the window's beginning, which is
/// why the moment of the slide shows in the output. Positions are indexes in the window; in the chains they are
/// kept with `shift` added, so that a slide need not touch them.
///
/// Where many candidates may be tried, [#search] walks another chain when it has a match: whatever is longer agrees
/// with
/// it in all of its bytes, and so is in the chain of the bytes one farther on too, two farther on, and so forth. Of
/// some
/// of these the one that begins farthest back is walked. Go counts the candidates of the first chain alone: the number
/// of a position in its chain tells how many come before it there. Not thread safe.
final class GoWindow {
    static final int SIZE = 64 << 10;
    static final int HALF = 32 << 10;
    static final int MAX_MATCH = 258;
    static final int MIN_MATCH = 4;

    /// Fewer bytes ahead than this are looked at only when no more will come.
    static final int MIN_LOOKAHEAD = MIN_MATCH + MAX_MATCH;

    /// The window slides when the parser stands here or farther.
    static final int SLIDE = SIZE - MIN_LOOKAHEAD + 1;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle KEY = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int HASH_WIDTH = 17;
    private static final int MULTIPLIER = 0x1e35a7bd;
    private static final int FAR = 4096;

    // With fewer candidates than this the choice of a chain costs more than it saves.
    private static final int MANY = 128;

    // How many chains are compared with the one that is walked, whenever a longer match was found.
    private static final int CHOICE = 3;

    private final int nice;
    private final int chain;
    private final int shiftLimit;
    private final int[] heads = new int[1 << HASH_WIDTH];
    private final int[] previous = new int[HALF];
    private final short[] numbers = new short[HALF];
    private final boolean many;

    // The number of the position that the last one was remembered in place of.
    private short replaced;

    // Of a search: how far behind a candidate the bytes are whose chain is walked, the offsets that were compared,
    // where
    // the first chain was left, and how many of its candidates were left to try.
    private int offset;
    private int compared;
    private int home;
    private int homeTries;

    final byte[] bytes = new byte[SIZE + 2 * Long.BYTES];
    int end;
    int shift = 1;

    GoWindow(GoLevel level, int shiftLimit) {
        this.nice = level.nice();
        this.chain = level.chain();
        this.many = level.chain() >= MANY;
        this.shiftLimit = shiftLimit;
    }

    /// Remembers the position `at`.
    ///
    /// @return the latest earlier position of the same hash, with shift; 0 when there is none
    int insert(int at) {
        int hash = ((int) KEY.get(bytes, at) * MULTIPLIER) >>> (32 - HASH_WIDTH);
        int head = heads[hash];
        previous[at & (HALF - 1)] = head;
        if (many) {
            replaced = numbers[at & (HALF - 1)];
            number(at, head - shift);
        }
        heads[hash] = at + shift;
        return head;
    }

    private void number(int at, int before) {
        numbers[at & (HALF - 1)] = (short) (numbers[before & (HALF - 1)] + 1);
    }

    /// Remembers the positions from `at` to below `limit`.
    void insert(int at, int limit) {
        int[] chainHeads = heads;
        int[] links = previous;
        byte[] window = bytes;
        int added = shift;
        for (int i = at; i < limit; i++) {
            int hash = ((int) KEY.get(window, i) * MULTIPLIER) >>> (32 - HASH_WIDTH);
            int head = chainHeads[hash];
            links[i & (HALF - 1)] = head;
            if (many) {
                number(i, head - added);
            }
            chainHeads[hash] = i + added;
        }
    }

    /// Looks for the longest match of the bytes at `at`, which was remembered last; of equally long ones the
    /// nearest.
    ///
    /// @param first the first candidate, at most 32 KiB back
    /// @param best only what is longer is looked for; at least [#MIN_MATCH] less one
    /// @return `length << 16 | distance`, or 0 when there is none worth taking
    int search(int at, int first, int lookahead, int best) {
        byte[] window = bytes;
        int[] links = previous;
        int added = shift;
        int longest = Math.min(MAX_MATCH, lookahead);
        int enough = Math.min(nice, longest);
        int lowest = Math.max(0, at - HALF);
        int length = best;
        int found = 0;
        int next = first;
        int tries = chain;
        int below = first + 1;
        boolean better = many && length >= MIN_MATCH;
        offset = 0;
        compared = 0;
        while (true) {
            int most = Math.min(length - MIN_MATCH + 1, at - below + 1);
            if (better && leave(at, most, next, tries)) {
                next = head(at + offset);
                tries = chain;
                if (next - offset < lowest) {
                    break;
                }
            }
            better = false;
            int candidate = next - offset;
            if (candidate < below
                    && (int) INT.get(window, candidate + length - 3) == (int) INT.get(window, at + length - 3)) {
                int same = matching(window, candidate, at, longest);
                if (same > length && (same > MIN_MATCH || at - candidate <= FAR)) {
                    if (offset != 0 && between(candidate, at) > chain) {
                        break;
                    }
                    length = same;
                    found = same << 16 | (at - candidate);
                    if (same >= enough) {
                        break;
                    }
                    below = candidate;
                    better = many;
                }
            }
            if (next == at - HALF) {
                break;
            }
            next = links[next & (HALF - 1)] - added;
            tries--;
            if (next - offset < lowest || (tries == 0 && offset == 0)) {
                break;
            }
            if (tries == 0) {
                offset = 0;
                next = home;
                tries = homeTries;
                compared = MAX_MATCH;
            }
        }
        return found;
    }

    /// Chooses between the chain that is walked and those of the offsets up to `most` that were not compared yet.
    ///
    /// @return whether it is another one
    private boolean leave(int at, int most, int next, int tries) {
        int chosen = offset;
        int farthest = next - offset;
        for (int other = most; other > Math.max(compared, most - CHOICE); other--) {
            int nearest = head(at + other) - other;
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

    private int head(int at) {
        return heads[((int) KEY.get(bytes, at) * MULTIPLIER) >>> (32 - HASH_WIDTH)] - shift;
    }

    /// How many steps of their chain lead from `at`, which was remembered last, to a candidate.
    private int between(int candidate, int at) {
        short number = candidate == at - HALF ? replaced : numbers[candidate & (HALF - 1)];
        return (numbers[at & (HALF - 1)] - number) & 0xffff;
    }

    /// How many bytes at `a` and `b` are the same, eight at a time; seven more than `longest` must be there.
    static int matching(byte[] window, int a, int b, int longest) {
        int length = 0;
        while (length < longest) {
            long difference = (long) LONG.get(window, a + length) ^ (long) LONG.get(window, b + length);
            if (difference != 0) {
                return Math.min(longest, length + (Long.numberOfTrailingZeros(difference) >>> 3));
            }
            length += Long.BYTES;
        }
        return longest;
    }

    /// Drops the lower half.
    void slide() {
        System.arraycopy(bytes, HALF, bytes, 0, HALF);
        end -= HALF;
        shift += HALF;
        if (shift > shiftLimit) {
            int less = shift - 1;
            rebase(heads, less);
            rebase(previous, less);
            shift = 1;
        }
    }

    private static void rebase(int[] positions, int less) {
        for (int i = 0; i < positions.length; i++) {
            positions[i] = Math.max(0, positions[i] - less);
        }
    }
}
