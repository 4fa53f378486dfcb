package dev.dray.layer.deflate.go;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The sliding window of the levels 2 to 9, and the chains of positions whose next four bytes hash alike.
///
/// 64 KiB of plain bytes, of which the lower half is dropped when the parser comes within 262 bytes of the end
/// and more is to come. A match reaches back 32 KiB at most and never before the window's beginning, which is
/// why the moment of the slide shows in the output. Positions are indexes in the window; in the chains they are
/// kept with `shift` added, so that a slide need not touch them. Not thread safe.
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

    private final int nice;
    private final int chain;
    private final int shiftLimit;
    private final int[] heads = new int[1 << HASH_WIDTH];
    private final int[] previous = new int[HALF];

    final byte[] bytes = new byte[SIZE + 2 * Long.BYTES];
    int end;
    int shift = 1;

    GoWindow(GoLevel level, int shiftLimit) {
        this.nice = level.nice();
        this.chain = level.chain();
        this.shiftLimit = shiftLimit;
    }

    /// Remembers the position `at`.
    ///
    /// @return the latest earlier position of the same hash, with shift; 0 when there is none
    int insert(int at) {
        int hash = ((int) KEY.get(bytes, at) * MULTIPLIER) >>> (32 - HASH_WIDTH);
        int head = heads[hash];
        previous[at & (HALF - 1)] = head;
        heads[hash] = at + shift;
        return head;
    }

    /// Remembers the positions from `at` to below `limit`.
    void insert(int at, int limit) {
        int[] chainHeads = heads;
        int[] links = previous;
        byte[] window = bytes;
        int added = shift;
        for (int i = at; i < limit; i++) {
            int hash = ((int) KEY.get(window, i) * MULTIPLIER) >>> (32 - HASH_WIDTH);
            links[i & (HALF - 1)] = chainHeads[hash];
            chainHeads[hash] = i + added;
        }
    }

    /// Looks for the longest match of the bytes at `at`; of equally long ones the nearest.
    ///
    /// @param first the first candidate, at most 32 KiB back
    /// @return `length << 16 | distance`, or 0 when there is none worth taking
    int search(int at, int first, int lookahead) {
        byte[] window = bytes;
        int[] links = previous;
        int added = shift;
        int longest = Math.min(MAX_MATCH, lookahead);
        int enough = Math.min(nice, longest);
        int lowest = Math.max(0, at - HALF);
        int length = MIN_MATCH - 1;
        int found = 0;
        int tail = (int) INT.get(window, at + length - 3);
        int candidate = first;
        for (int tries = chain; tries > 0; tries--) {
            if ((int) INT.get(window, candidate + length - 3) == tail) {
                int same = matching(window, candidate, at, longest);
                if (same > length && (same > MIN_MATCH || at - candidate <= FAR)) {
                    length = same;
                    found = same << 16 | (at - candidate);
                    if (same >= enough) {
                        break;
                    }
                    tail = (int) INT.get(window, at + same - 3);
                }
            }
            if (candidate == at - HALF) {
                break;
            }
            candidate = links[candidate & (HALF - 1)] - added;
            if (candidate < lowest) {
                break;
            }
        }
        return found;
    }

    private static int matching(byte[] window, int a, int b, int longest) {
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
