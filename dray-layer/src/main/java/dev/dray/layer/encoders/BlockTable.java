package dev.dray.layer.encoders;

import dev.dray.layer.deflate.BlockStart;
import dev.dray.layer.deflate.Checkpoint;
import java.util.Arrays;

/// Where the blocks of one deflate stream begin, compactly, in order.
///
/// Keeps the first two million; a stream with more of them, which no encoder writes below 10 GB, has fewer
/// checkpoints.
public final class BlockTable {
    private static final int MOST = 2 << 20;

    private long[] bits = new long[16];
    private long[] plains = new long[16];
    private byte[] carries = new byte[16];
    private int size;

    public void add(BlockStart start) {
        if (size == MOST) {
            return;
        }
        if (size == bits.length) {
            bits = Arrays.copyOf(bits, 2 * size);
            plains = Arrays.copyOf(plains, 2 * size);
            carries = Arrays.copyOf(carries, 2 * size);
        }
        bits[size] = start.bit();
        plains[size] = start.plainOffset();
        carries[size++] = (byte) start.carry();
    }

    public int size() {
        return size;
    }

    public long bit(int index) {
        return bits[index];
    }

    public long plain(int index) {
        return plains[index];
    }

    public Checkpoint checkpoint(int index) {
        return new Checkpoint(plains[index], bits[index], carries[index] & 0xff, 0);
    }
}
