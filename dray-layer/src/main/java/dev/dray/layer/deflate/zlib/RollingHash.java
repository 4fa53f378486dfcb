package dev.dray.layer.deflate.zlib;

/// The hash of the last bytes by which `pigz -R` cuts: where it has one value of 4,096. Not thread safe.
final class RollingHash {
    private static final int MASK = (1 << 12) - 1;
    private static final int HIT = MASK >>> 1;

    private int hash = HIT;

    /// Takes in bytes up to the first cut.
    ///
    /// @return the end of the bytes taken in: `end` when there is no cut before it
    int find(byte[] plain, int start, int end) {
        int hash = this.hash;
        for (int next = start; next < end; next++) {
            hash = ((hash << 1) ^ (plain[next] & 0xff)) & MASK;
            if (hash == HIT) {
                this.hash = hash;
                return next + 1;
            }
        }
        this.hash = hash;
        return end;
    }

    /// Whether there is a cut behind the last byte taken in.
    boolean hit() {
        return hash == HIT;
    }
}
