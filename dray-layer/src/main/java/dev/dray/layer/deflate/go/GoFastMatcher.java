package dev.dray.layer.deflate.go;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The parser of level 1: one table of the latest position for each hash of four bytes, greedy, and steps that
/// grow where nothing is found.
///
/// The buffer holds the block before and the present one, since a match may begin in the former. An entry of
/// the table is `position << 32 | the four bytes there`; positions count on through the stream. Not thread
/// safe.
final class GoFastMatcher {
    static final int BLOCK = 65_535;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int MULTIPLIER = 0x1e35a7bd;
    private static final int HASH_SHIFT = 32 - 14;
    private static final int MARGIN = 15;
    private static final int FARTHEST = 32 << 10;
    private static final int LONGEST = 258;

    private final int positionLimit;
    private final long[] table = new long[1 << 14];

    /// The present block begins at [#BLOCK].
    final byte[] bytes = new byte[2 * BLOCK + 2 * Long.BYTES];

    final int[] tokens = new int[BLOCK];
    int count;

    // Position of the buffer's first byte, so that an entry less this is an index.
    private int base;

    GoFastMatcher(int positionLimit) {
        this.positionLimit = positionLimit;
        // So that an empty entry is too far away from anything.
        this.base = BLOCK;
    }

    /// Tokenizes the present block, of `size` bytes, which is the block before from then on.
    void parse(int size) {
        count = 0;
        if (base > positionLimit) {
            rebase();
        }
        int end = BLOCK + size;
        literals(find(end), end);
        System.arraycopy(bytes, BLOCK, bytes, 0, BLOCK);
        base += BLOCK;
    }

    /// @return the end of the last match
    private int find(int end) {
        byte[] window = bytes;
        long[] entries = table;
        int origin = base;
        int limit = end - MARGIN;
        int emitted = BLOCK;
        int at = BLOCK;
        int key = (int) INT.get(window, at);
        int hash = (key * MULTIPLIER) >>> HASH_SHIFT;
        while (true) {
            int pace = 32;
            int next = at;
            long entry;
            while (true) {
                at = next;
                int step = pace >> 5;
                next = at + step;
                pace += step;
                if (next > limit) {
                    return emitted;
                }
                entry = entries[hash];
                int following = (int) INT.get(window, next);
                entries[hash] = (long) (at + origin) << 32 | (key & 0xffffffffL);
                hash = (following * MULTIPLIER) >>> HASH_SHIFT;
                if (at + origin - (int) (entry >>> 32) <= FARTHEST && key == (int) entry) {
                    break;
                }
                key = following;
            }
            literals(emitted, at);
            while (true) {
                int candidate = (int) (entry >>> 32) - origin;
                int length = GoWindow.matching(window, candidate + 4, at + 4, Math.min(LONGEST - 4, end - at - 4));
                tokens[count++] = GoBlockWriter.MATCH | (length + 1) << 16 | (at - candidate - 1);
                at += length + 4;
                emitted = at;
                if (at >= limit) {
                    return emitted;
                }
                long near = (long) LONG.get(window, at - 1);
                entries[((int) near * MULTIPLIER) >>> HASH_SHIFT] =
                        (long) (at - 1 + origin) << 32 | (near & 0xffffffffL);
                int here = (int) (near >>> 8);
                int slot = (here * MULTIPLIER) >>> HASH_SHIFT;
                entry = entries[slot];
                entries[slot] = (long) (at + origin) << 32 | (here & 0xffffffffL);
                if (at + origin - (int) (entry >>> 32) > FARTHEST || here != (int) entry) {
                    key = (int) (near >>> 16);
                    hash = (key * MULTIPLIER) >>> HASH_SHIFT;
                    at++;
                    break;
                }
            }
        }
    }

    private void literals(int from, int to) {
        int[] target = tokens;
        byte[] window = bytes;
        int size = count;
        for (int i = from; i < to; i++) {
            target[size++] = window[i] & 0xff;
        }
        count = size;
    }

    private void rebase() {
        int less = base - BLOCK;
        for (int i = 0; i < table.length; i++) {
            int position = Math.max(0, (int) (table[i] >>> 32) - less);
            table[i] = (long) position << 32 | (table[i] & 0xffffffffL);
        }
        base = BLOCK;
    }
}
