package dev.dray.layer.deflate.zlib;

import dev.dray.layer.deflate.BlockEncoder;
import dev.dray.layer.deflate.DeflateEncoder;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import java.io.OutputStream;

/// Creates the encoders of the zlib family: zlib itself, Node's fork of it, GNU gzip, pigz.
///
/// Each gives the raw deflate stream, without header and trailer. Their names for a recipe are in [ZlibFamily].
public final class ZlibEncoders {
    /// The memory level that zlib has when nobody chooses one.
    public static final int MEMORY_LEVEL = 8;

    /// The block size of pigz when nobody chooses one.
    public static final int PIGZ_BLOCK_SIZE = 128 << 10;

    /// The lowest level at which the hash takes three bytes.
    private static final int NODE_HASHES_THREE = 6;

    private ZlibEncoders() {}

    /// zlib with a window of 32 KiB and the default strategy.
    ///
    /// @param level 0 to 9; 0 as when zlib got all of the input, and room for all of the output, in one call
    /// @param memoryLevel 8 or 9
    public static DeflateEncoder zlib(int level, int memoryLevel, OutputStream sink) {
        if (level == 0) {
            return new StoredEncoder(sink);
        }
        SlidingWindow window = new SlidingWindow(hashBits(memoryLevel));
        return new StreamEncoder(Level.of(level), window, Dialect.zlib(tokens(memoryLevel)), sink);
    }

    /// Node's zlib, which is Chromium's, with a window of 32 KiB and the default strategy.
    ///
    /// @param castagnoli as Node 12 to 16 where the processor has CRC-32C; else as from Node 18 on
    /// @param level 1 to 9
    /// @param memoryLevel 8 or 9
    public static DeflateEncoder node(boolean castagnoli, int level, int memoryLevel, OutputStream sink) {
        SlidingWindow window = castagnoli
                ? new SlidingWindow(
                        hashBits(MEMORY_LEVEL),
                        level < NODE_HASHES_THREE ? Hashing.CASTAGNOLI_FOUR : Hashing.CASTAGNOLI_THREE)
                : new SlidingWindow(hashBits(memoryLevel), Hashing.PRODUCT);
        return new StreamEncoder(Level.of(level), window, Dialect.zlib(tokens(memoryLevel)), sink);
    }

    /// GNU gzip without `--rsyncable`.
    ///
    /// @param level 1 to 9
    public static DeflateEncoder gnuGzip(int level, OutputStream sink) {
        return gnuGzip(level, false, sink);
    }

    /// GNU gzip.
    ///
    /// @param level 1 to 9
    /// @param rsyncable as `--rsyncable`: blocks end where the bytes say, too
    public static DeflateEncoder gnuGzip(int level, boolean rsyncable, OutputStream sink) {
        SlidingWindow window = new SlidingWindow(hashBits(MEMORY_LEVEL));
        return new StreamEncoder(Level.of(level), window, Dialect.gnuGzip(level, rsyncable), sink);
    }

    /// pigz without `-R`. The encoder is used by one thread at a time, and holds half a megabyte.
    ///
    /// @param level 1 to 9
    /// @param blockSize in bytes, at least 32 KiB: 1,024 times what `-b` says
    /// @param independent as `-i`: blocks have no dictionary
    public static BlockEncoder pigz(int level, int blockSize, boolean independent) {
        return new PigzEncoder(Level.of(level), checkedBlockSize(blockSize), independent);
    }

    /// `pigz -R`, whose blocks end where the bytes say.
    ///
    /// @param level 1 to 9
    /// @param blockSize in bytes, at least 32 KiB, of which more than three are held
    /// @param independent as `-i`: pieces have no dictionary
    public static DeflateEncoder pigzRsyncable(int level, int blockSize, boolean independent, OutputStream sink) {
        return new RsyncablePigzEncoder(
                new PigzEncoder(Level.of(level), checkedBlockSize(blockSize), independent), sink);
    }

    /// `pigz -p 1`, which differs from pigz with more threads at levels 1 to 3.
    ///
    /// @param level 1 to 9
    /// @param blockSize in bytes, at least 32 KiB
    /// @param independent as `-i`
    /// @param rsyncable as `-R`
    public static DeflateEncoder pigzSingle(
            int level, int blockSize, boolean independent, boolean rsyncable, OutputStream sink) {
        return new SinglePigzEncoder(
                new PigzEncoder(Level.of(level), checkedBlockSize(blockSize), independent), rsyncable, sink);
    }

    private static int checkedBlockSize(int blockSize) {
        if (blockSize < SlidingWindow.SIZE || blockSize % 1024 != 0 || blockSize > 1 << 29) {
            throw new DrayException(
                    Kind.UNSUPPORTED,
                    "pigz has no blocks of %d bytes: choose a multiple of 1024 from 32768 to 512 MiB"
                            .formatted(blockSize));
        }
        return blockSize;
    }

    static int hashBits(int memoryLevel) {
        return checkedMemoryLevel(memoryLevel) + 7;
    }

    static int tokens(int memoryLevel) {
        return (1 << (checkedMemoryLevel(memoryLevel) + 6)) - 1;
    }

    private static int checkedMemoryLevel(int memoryLevel) {
        if (memoryLevel != 8 && memoryLevel != 9) {
            throw new DrayException(
                    Kind.UNSUPPORTED, "memory level %d is not known here: choose 8 or 9".formatted(memoryLevel));
        }
        return memoryLevel;
    }
}
