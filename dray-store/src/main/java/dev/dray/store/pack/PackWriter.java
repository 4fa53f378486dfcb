package dev.dray.store.pack;

import dev.dray.model.Digest;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.FileOperations.WritableFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Writes one pack. Not thread safe.
///
/// A content is known to be there already only when it has gone by; so what was written since [#mark] can be taken
/// back by [#cutBack], even when frames of it are in the file. At most [#MOST_PENDING] frames wait to be
/// compressed or written, and one more is kept for the way back: a short content that is taken back was never
/// written.
///
/// After a failure only [#close] may be called, which removes the file, unless [#finish] has given it away.
final class PackWriter implements AutoCloseable {
    /// A pack is full when its file has this many bytes.
    private static final long FULL = 32 << 20;

    private static final int MOST_PENDING = 3;

    private final FileOperations files;
    private final Path path;
    private final FrameCompressor compressor;
    private final List<PackFooter.Frame> written = new ArrayList<>();
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final List<PackedObject> objects = new ArrayList<>();
    private @Nullable WritableFile file;
    private boolean given;
    private long fileLength;

    private byte[] open = new byte[PackFooter.LARGEST_FRAME];
    private int filled;
    /// Raw bytes before the open frame.
    private long sealed;

    private @Nullable Mark mark;

    /// A frame on its way to the file.
    private record Pending(Future<byte[]> frame, int rawLength) {}

    /// Where a content begins.
    ///
    /// @param frame number of the frame that was open
    /// @param sealed raw bytes before that frame
    /// @param bytes the frame's, of which the first `filled` were there
    @SuppressWarnings("ArrayRecordComponent") // the writer's own frame, never compared
    private record Mark(int frame, long sealed, byte[] bytes, int filled) {}

    PackWriter(FileOperations files, Path path, FrameCompressor compressor) {
        this.files = files;
        this.path = path;
        this.compressor = compressor;
    }

    /// Where in the raw space the next byte goes.
    long position() {
        return sealed + filled;
    }

    boolean isFull() {
        return fileLength >= FULL || objects.size() >= PackFooter.MOST_OBJECTS;
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int part = Math.min(length - done, open.length - filled);
            System.arraycopy(bytes, offset + done, open, filled, part);
            filled += part;
            done += part;
            if (filled == open.length) {
                seal();
            }
        }
    }

    /// Ends the open frame: what comes next begins another.
    void seal() throws IOException {
        if (filled == 0) {
            return;
        }
        pending.add(new Pending(compressor.compress(open, filled), filled));
        sealed += filled;
        open = new byte[PackFooter.LARGEST_FRAME];
        filled = 0;
        while (pending.size() > MOST_PENDING) {
            writeFirst();
        }
    }

    private void writeFirst() throws IOException {
        Pending first = pending.remove();
        byte[] frame = await(first.frame());
        file().write(ByteBuffer.wrap(frame));
        fileLength += frame.length;
        written.add(new PackFooter.Frame(frame.length, first.rawLength()));
    }

    private static byte[] await(Future<byte[]> frame) throws IOException {
        try {
            return frame.get();
        } catch (ExecutionException e) {
            throw new IOException("a frame could not be compressed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a pack was written");
        }
    }

    private WritableFile file() throws IOException {
        WritableFile known = file;
        if (known == null) {
            known = files.open(path);
            file = known;
        }
        return known;
    }

    /// Marks the beginning of bytes that [#cutBack] may take back.
    void mark() {
        mark = new Mark(written.size() + pending.size(), sealed, open, filled);
    }

    /// Commits the bytes since the mark: they are this content.
    void commit(Digest digest, long size) {
        Mark start = start();
        objects.add(new PackedObject(digest, start.sealed() + start.filled(), size));
        mark = null;
    }

    /// Takes the bytes since the mark back.
    void cutBack() throws IOException {
        Mark start = start();
        while (!pending.isEmpty() && written.size() + pending.size() > start.frame()) {
            pending.removeLast().frame().cancel(false);
        }
        if (written.size() > start.frame()) {
            List<PackFooter.Frame> cut = written.subList(start.frame(), written.size());
            fileLength -= cut.stream().mapToLong(PackFooter.Frame::length).sum();
            cut.clear();
            file().truncate(fileLength);
        }
        open = start.bytes();
        filled = start.filled();
        sealed = start.sealed();
        mark = null;
    }

    private Mark start() {
        Mark start = mark;
        if (start == null) {
            throw new IllegalStateException("nothing was marked");
        }
        return start;
    }

    /// Ends the pack, which is closed and durable on return; its directory entry is not.
    ///
    /// @return empty when there is nothing in it, and then there is no file
    Optional<WrittenPack> finish() throws IOException {
        seal();
        while (!pending.isEmpty()) {
            writeFirst();
        }
        if (written.isEmpty()) {
            close();
            return Optional.empty();
        }
        byte[] footer = new PackFooter(written, objects).toBytes();
        try (WritableFile ended = file()) {
            ended.write(ByteBuffer.wrap(footer));
            ended.force();
        }
        given = true;
        return Optional.of(new WrittenPack(path, fileLength + footer.length, sealed, List.copyOf(objects)));
    }

    /// Removes the file of a pack that was not finished.
    @Override
    public void close() throws IOException {
        pending.forEach(frame -> frame.frame().cancel(false));
        WritableFile unfinished = file;
        if (unfinished != null && !given) {
            given = true;
            try (unfinished) {
                files.delete(path);
            }
        }
    }
}
