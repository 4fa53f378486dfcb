package dev.dray.layer.gzip;

import dev.dray.layer.deflate.BlockEncoder;
import dev.dray.model.RawBytes;
import dev.dray.model.io.BulkOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.zip.CRC32;

/// Compresses into a gzip file of one member, its blocks side by side on several threads and written in order.
///
/// The bytes depend on what is written alone, not on how many threads there are. An input that ends with a block is
/// followed by an empty one, as pgzip does. Memory: about three blocks a thread. Not thread safe; [#finish] completes
/// the file and must be called, [#close] lets go of what is under way and closes nothing else.
public final class GzipBlockWriter extends BulkOutputStream {
    private final OutputStream out;
    private final ExecutorService threads;
    private final int atOnce;
    private final ThreadLocal<BlockEncoder> encoders;
    private final int blockSize;
    private final int dictionarySize;
    private final Deque<Future<byte[]>> running = new ArrayDeque<>();
    private final CRC32 crc = new CRC32();
    private byte[] window;
    private int start;
    private int end;
    private long size;

    /// @param header the gzip header, ten bytes or more
    /// @param encoders creates an encoder for each thread
    /// @param threads where blocks are encoded; the caller shuts it down
    /// @param atOnce how many blocks are under way at once
    public GzipBlockWriter(
            OutputStream out, RawBytes header, Supplier<BlockEncoder> encoders, ExecutorService threads, int atOnce)
            throws IOException {
        BlockEncoder encoder = encoders.get();
        this.out = out;
        this.threads = threads;
        this.atOnce = atOnce;
        this.encoders = ThreadLocal.withInitial(encoders);
        this.blockSize = encoder.blockSize();
        this.dictionarySize = encoder.dictionarySize();
        this.window = new byte[dictionarySize + blockSize];
        out.write(header.toByteArray());
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        crc.update(bytes, offset, length);
        size += length;
        int left = length;
        while (left > 0) {
            int taken = Math.min(left, start + blockSize - end);
            System.arraycopy(bytes, offset + length - left, window, end, taken);
            end += taken;
            left -= taken;
            if (end == start + blockSize) {
                submit(false);
            }
        }
    }

    private void submit(boolean last) throws IOException {
        if (running.size() >= atOnce) {
            writeFirst();
        }
        byte[] plain = window;
        int from = start;
        int to = end;
        running.add(threads.submit(() -> {
            ByteArrayOutputStream encoded = new ByteArrayOutputStream(blockSize / 2);
            encoders.get().encode(plain, Math.max(0, from - dictionarySize), from, to, last, encoded);
            return encoded.toByteArray();
        }));
        int dictionary = Math.min(dictionarySize, to);
        window = new byte[dictionarySize + blockSize];
        System.arraycopy(plain, to - dictionary, window, 0, dictionary);
        start = dictionary;
        end = dictionary;
    }

    private void writeFirst() throws IOException {
        try {
            out.write(running.remove().get());
        } catch (ExecutionException e) {
            throw new IOException("a block could not be encoded", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while compressing", e);
        }
    }

    /// Encodes the last block and writes the trailer.
    public void finish() throws IOException {
        submit(true);
        while (!running.isEmpty()) {
            writeFirst();
        }
        out.write(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) crc.getValue())
                .putInt((int) size)
                .array());
        out.flush();
    }

    @Override
    public void close() {
        running.forEach(block -> block.cancel(true));
        running.clear();
    }
}
