package dev.dray.layer.tarsplit;

import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// The entries of a tar-split, compact in memory and found by their position in the archive.
///
/// Entries lie in compressed chunks of about 64 KiB, some 60 bytes for each file of a layer. Immutable and thread safe.
final class TarSplitIndex {
    private static final int CHUNK = 64 << 10;
    private static final int MOST_MEMORY = 48 << 20;
    private static final int SEGMENT = 0;
    private static final int FILE = 1;

    private final List<Chunk> chunks;
    private final long size;

    private TarSplitIndex(List<Chunk> chunks, long size) {
        this.chunks = List.copyOf(chunks);
        this.size = size;
    }

    /// Entries one after the other.
    ///
    /// @param offset in the archive of the first of them
    private record Chunk(long offset, RawBytes packed, int length) {}

    /// Some entries, and where they begin in the archive.
    record Piece(long offset, List<TarSplitEntry> entries) {}

    /// Reads a tar-split to its end.
    ///
    /// @param tarSplit inflated
    /// @param limit largest archive in bytes
    static TarSplitIndex read(InputStream tarSplit, long limit) throws IOException {
        return new Builder(limit).build(new TarSplitReader(tarSplit));
    }

    /// Length of the archive.
    long size() {
        return size;
    }

    int pieces() {
        return chunks.size();
    }

    /// The entry in which the byte at `offset` lies.
    int find(long offset) {
        int low = 0;
        int high = chunks.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (chunks.get(middle).offset() <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    Piece piece(int index) {
        Chunk chunk = chunks.get(index);
        Inflater inflater = new Inflater(true);
        byte[] bytes = new byte[chunk.length()];
        try {
            inflater.setInput(chunk.packed().buffer());
            int length = 0;
            while (length < bytes.length) {
                length += inflater.inflate(bytes, length, bytes.length - length);
            }
        } catch (DataFormatException e) {
            throw new IllegalStateException("memory of this process is damaged", e);
        } finally {
            inflater.end();
        }
        List<TarSplitEntry> entries = new ArrayList<>();
        for (ByteBuffer buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining(); ) {
            entries.add(entry(buffer));
        }
        return new Piece(chunk.offset(), entries);
    }

    private static TarSplitEntry entry(ByteBuffer in) {
        int type = in.get();
        RawBytes bytes = bytes(in);
        return type == SEGMENT
                ? new TarSplitEntry.Segment(bytes)
                : new TarSplitEntry.File(bytes, in.getLong(), in.getLong());
    }

    private static RawBytes bytes(ByteBuffer in) {
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        return RawBytes.copyOf(bytes);
    }

    private static final class Builder {
        private final long limit;
        private final List<Chunk> chunks = new ArrayList<>();
        private final ByteArrayOutputStream open = new ByteArrayOutputStream(CHUNK);
        private final byte[] numbers = new byte[2 * Long.BYTES];
        private long begin;
        private long size;
        private long memory;

        Builder(long limit) {
            this.limit = limit;
        }

        TarSplitIndex build(TarSplitReader reader) throws IOException {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                switch (next.get()) {
                    case TarSplitEntry.Segment(RawBytes bytes) -> {
                        put(SEGMENT, bytes);
                        grow(bytes.size());
                    }
                    case TarSplitEntry.File(RawBytes name, long length, long crc) -> {
                        put(FILE, name);
                        open.writeBytes(ByteBuffer.wrap(numbers)
                                .putLong(length)
                                .putLong(crc)
                                .array());
                        grow(length);
                    }
                }
                if (open.size() >= CHUNK) {
                    pack();
                }
            }
            pack();
            return new TarSplitIndex(chunks, size);
        }

        private void put(int type, RawBytes bytes) {
            open.write(type);
            open.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.size()).array());
            open.writeBytes(bytes.toByteArray());
        }

        private void grow(long length) {
            if (length > limit - size) {
                throw new DrayException(
                        DrayException.Kind.TOO_LARGE,
                        "tar-split gives more than the %d bytes allowed".formatted(limit));
            }
            size += length;
        }

        private void pack() {
            byte[] bytes = open.toByteArray();
            if (bytes.length == 0) {
                return;
            }
            open.reset();
            Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
            ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 4);
            deflater.setInput(bytes);
            deflater.finish();
            byte[] buffer = new byte[CHUNK];
            while (!deflater.finished()) {
                packed.write(buffer, 0, deflater.deflate(buffer));
            }
            deflater.end();
            memory += packed.size();
            if (memory > MOST_MEMORY) {
                throw new DrayException(
                        DrayException.Kind.TOO_LARGE,
                        "tar-split needs more than %d bytes of memory".formatted(MOST_MEMORY));
            }
            chunks.add(new Chunk(begin, RawBytes.copyOf(packed.toByteArray()), bytes.length));
            begin = size;
        }
    }
}
