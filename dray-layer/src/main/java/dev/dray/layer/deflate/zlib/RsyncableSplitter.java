package dev.dray.layer.deflate.zlib;

import java.util.Arrays;

/// Cuts the input of `pigz -R` where [RollingHash] says, so that a change in it moves few cuts.
///
/// Bytes between two cuts are a piece; a block is as many pieces as fit, or all the bytes that fit where there is no
/// cut. pigz reads the input in buffers of the block size, and where a block ends depends on what buffer the last cut
/// lies in; it is followed here buffer by buffer. Positions count from the start of the next block. Not thread safe.
final class RsyncableSplitter {
    private final int blockSize;
    private final RollingHash hash = new RollingHash();
    /// Bytes of the block that are in its first buffer.
    private int current;
    /// Up to where the hash was taken.
    private int scanned;
    /// Bytes at the end of the first buffer in which no cut was found before; 0 when it was not searched.
    private int left;

    private int[] cuts = new int[64];
    private int count;

    RsyncableSplitter(int blockSize) {
        this.blockSize = blockSize;
        this.current = blockSize;
    }

    /// How many bytes must be known to find the next block, unless the input ends before.
    int needed() {
        return current + blockSize;
    }

    /// Where the pieces of the block end that [#next] found, but for the last when it ends with the block.
    int cuts() {
        return count;
    }

    /// The end of a piece.
    int cut(int index) {
        return cuts[index];
    }

    /// Finds the next block in `plain[start, end)`, of which the block that was found before must be gone.
    ///
    /// @return its length
    int next(byte[] plain, int start, int end) {
        count = 0;
        int available = end - start;
        current = Math.min(current, available);
        int following = Math.min(available - current, blockSize);
        if (left == 0) {
            scan(plain, start, current);
            left = current - (count == 0 ? 0 : cuts[count - 1]);
        }
        int before = count;
        scan(plain, start, current + Math.min(blockSize - current, following));
        if (count > before) {
            left = 0;
        }
        int length = count == 0 ? scanned : count > before ? cuts[count - 1] : current;
        if (length > current) {
            left = 0;
            advance(length, following - (length - current));
        } else if (count != 0 && left != 0 && following != 0) {
            length = current - left;
            advance(length, left);
        } else {
            left = 0;
            advance(length, following);
        }
        return length;
    }

    private void advance(int length, int current) {
        this.current = current;
        scanned -= length;
    }

    private void scan(byte[] plain, int start, int end) {
        while (scanned < end) {
            scanned = hash.find(plain, start + scanned, start + end) - start;
            if (hash.hit()) {
                add(scanned);
            }
        }
    }

    private void add(int cut) {
        if (count == cuts.length) {
            cuts = Arrays.copyOf(cuts, 2 * count);
        }
        cuts[count++] = cut;
    }
}
