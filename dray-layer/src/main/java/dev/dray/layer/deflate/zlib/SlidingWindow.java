package dev.dray.layer.deflate.zlib;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// The last bytes of the input, with chains of the places where three bytes had the same hash.
///
/// 64 KiB are held; when all but the last few are encoded, the upper half moves down and with it all places. Place 0 is
/// never found, whatever stands there: where the half ends is therefore part of the output, and it depends on the input
/// alone, because bytes are only encoded when the window is full or the input ends. A hash tells all it is made of, so
/// nothing of it need be kept. Not thread safe.
final class SlidingWindow {
    static final int SIZE = 1 << 15;
    /// Matches reach back this far at most, so that a look ahead never runs over what is looked back to.
    static final int MAX_DISTANCE = SIZE - 262;
    /// Bytes that must wait before the next one is encoded, unless the input ends.
    static final int MIN_LOOKAHEAD = 262;

    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int PADDING = 16;

    final byte[] bytes = new byte[2 * SIZE + PADDING];
    final short[] heads;
    final short[] chain = new short[SIZE];
    /// The number of each place in its chain, modulo 65,536; kept by a [LazyParser] that looks at many candidates.
    final short[] numbers = new short[SIZE];
    final int hashShift;
    final int hashMask;
    final Hashing hashing;

    /// Of the next byte to encode.
    int position;
    /// How many bytes wait from `position` on.
    int lookahead;
    /// Of the first byte of the block; negative once it has slid out.
    int blockStart;
    /// How many bytes before `position` are not in the chains yet.
    int unhashed;

    SlidingWindow(int hashBits) {
        this(hashBits, Hashing.ROLLING);
    }

    SlidingWindow(int hashBits, Hashing hashing) {
        this.hashing = hashing;
        this.heads = new short[1 << hashBits];
        this.hashShift = (hashBits + 2) / 3;
        this.hashMask = (1 << hashBits) - 1;
    }

    /// Forgets everything.
    void reset() {
        Arrays.fill(heads, (short) 0);
        position = 0;
        lookahead = 0;
        blockStart = 0;
        unhashed = 0;
    }

    boolean full() {
        return position + lookahead == 2 * SIZE;
    }

    /// Takes as many bytes as there is room for and tells how many.
    int append(byte[] source, int offset, int length) {
        int end = position + lookahead;
        int taken = Math.min(length, 2 * SIZE - end);
        System.arraycopy(source, offset, bytes, end, taken);
        lookahead += taken;
        hashWaiting();
        return taken;
    }

    private void hashWaiting() {
        while (unhashed > 0 && lookahead + unhashed >= 3) {
            insert(position - unhashed);
            unhashed--;
        }
    }

    void insert(int at) {
        int hash = hash(at);
        chain[at & (SIZE - 1)] = heads[hash];
        number(at, heads[hash]);
        heads[hash] = (short) at;
    }

    /// Numbers a place by the one before it in its chain.
    void number(int at, int before) {
        numbers[at & (SIZE - 1)] = (short) (numbers[before & (SIZE - 1)] + 1);
    }

    /// How many steps of the chain of two places lead from the later one to the earlier one.
    int between(int earlier, int later) {
        return (numbers[later & (SIZE - 1)] - numbers[earlier & (SIZE - 1)]) & 0xffff;
    }

    /// The last place whose bytes have the hash of those at `place`.
    int head(int at) {
        return heads[hash(at)] & 0xffff;
    }

    private int hash(int at) {
        int hash =
                hashing == Hashing.ROLLING ? (pair(at) << hashShift) ^ (bytes[at + 2] & 0xff) : hashing.hash(bytes, at);
        return hash & hashMask;
    }

    /// The state of the hash before the third byte from `place` on.
    int pair(int at) {
        return (((bytes[at] & 0xff) << hashShift) ^ (bytes[at + 1] & 0xff)) & hashMask;
    }

    /// Takes the bytes before the input, to find matches in, as a window that was just reset.
    void dictionary(byte[] source, int start, int end) {
        int length = Math.min(SIZE, end - start);
        System.arraycopy(source, end - length, bytes, 0, length);
        for (int at = 0; at + 2 < length; at++) {
            insert(at);
        }
        position = length;
        blockStart = length;
        unhashed = Math.min(2, length);
    }

    /// Writes zeros where the next bytes would go.
    void clearBehind(int count) {
        int end = position + lookahead;
        Arrays.fill(bytes, end, end + count, (byte) 0);
    }

    /// Moves the upper half down when `position` has come near the end. A hash of four bytes may take in one
    /// behind the lookahead when the input ends, so that what stands there is moved only where the encoder does.
    ///
    /// @return whether it has
    boolean slideWhenDue() {
        if (position < SIZE + MAX_DISTANCE) {
            return false;
        }
        int behind = hashing == Hashing.PRODUCT ? 2 * SIZE - position - lookahead : 0;
        System.arraycopy(bytes, SIZE, bytes, 0, SIZE - behind);
        position -= SIZE;
        blockStart -= SIZE;
        lower(heads);
        lower(chain);
        return true;
    }

    /// Subtracts [#SIZE] from each place, as unsigned numbers, down to 0.
    private static void lower(short[] positions) {
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (short) (positions[i] & (positions[i] >> 15) & (SIZE - 1));
        }
    }
}
