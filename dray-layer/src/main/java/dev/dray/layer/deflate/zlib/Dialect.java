package dev.dray.layer.deflate.zlib;

/// The rules by which the tools of the family differ, beside level and memory.
///
/// @param rsyncable whether blocks end where [RollingCuts] says too
record Dialect(Tail tail, BlockEnd blockEnd, boolean rsyncable) {
    private static final int GZIP_TOKENS = 32_767;

    static Dialect zlib(int tokens) {
        return new Dialect(Tail.ZLIB, new BlockEnd.WhenFull(tokens), false);
    }

    static Dialect gnuGzip(int level, boolean rsyncable) {
        BlockEnd blockEnd =
                level > 2 ? new BlockEnd.WhenFullOrPromising(GZIP_TOKENS) : new BlockEnd.WhenFull(GZIP_TOKENS);
        return new Dialect(Tail.GNU_GZIP, blockEnd, rsyncable);
    }
}
