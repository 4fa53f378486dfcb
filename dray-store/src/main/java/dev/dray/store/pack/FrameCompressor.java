package dev.dray.store.pack;

import com.github.luben.zstd.ZstdCompressCtx;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Compresses frames, one after the other, on a platform thread of its own: the work is native and takes a while.
/// Not thread safe; the caller closes.
final class FrameCompressor implements AutoCloseable {
    private static final int LEVEL = 3;

    private final ExecutorService thread;
    private final ZstdCompressCtx context = new ZstdCompressCtx();

    FrameCompressor() {
        context.setLevel(LEVEL);
        context.setChecksum(true);
        context.setContentSize(true);
        thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("store-compressor").factory());
    }

    /// Compresses the first `length` bytes of `raw`, which must not change until it is done.
    Future<byte[]> compress(byte[] raw, int length) {
        return thread.submit(() -> {
            byte[] frame = new byte[Math.toIntExact(com.github.luben.zstd.Zstd.compressBound(length))];
            int size = context.compressByteArray(frame, 0, frame.length, raw, 0, length);
            return Arrays.copyOf(frame, size);
        });
    }

    @Override
    public void close() {
        thread.shutdownNow();
        thread.close();
        context.close();
    }
}
