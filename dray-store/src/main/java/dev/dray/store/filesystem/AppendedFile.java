package dev.dray.store.filesystem;

import dev.dray.store.filesystem.FileOperations.WritableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// A file of the host's file system, written at its end.
///
/// A kernel lets written bytes lie in memory for as long as it can, and a sync at the end of a large
/// file then waits for all of them at once. So the disk is set to work every [#STRIDE] bytes, on
/// another thread and while the next bytes come; [#force] has little left to wait for. That it is
/// durable is still said by [#force] alone.
final class AppendedFile implements WritableFile {
    private static final long STRIDE = 16 << 20;
    /// Most bytes of one write. A kernel gives a larger write pages in larger runs, and on a virtual machine those
    /// are often memory that the host must find first: writes of 1 MiB took up to six times as long as these.
    private static final int PIECE = 128 << 10;

    private final Path path;
    private final FileChannel channel;
    private long unflushed;
    private @Nullable Future<?> flushing;

    AppendedFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    @Override
    public long length() throws IOException {
        return channel.size();
    }

    @Override
    public void write(ByteBuffer slab) throws IOException {
        unflushed += slab.remaining();
        int end = slab.limit();
        try {
            while (slab.position() < end) {
                slab.limit(Math.min(end, slab.position() + PIECE));
                channel.write(slab);
            }
        } catch (IOException e) {
            throw Disk.explain(path, e);
        }
        if (unflushed >= STRIDE && (flushing == null || flushing.isDone())) {
            awaitFlush();
            unflushed = 0;
            flush();
        }
    }

    /// A thread costs little beside the bytes that it flushes, and leaves nothing to be closed.
    private void flush() {
        FutureTask<@Nullable Void> task = new FutureTask<>(() -> {
            channel.force(false);
            return null;
        });
        Thread.ofPlatform().name("flush " + path.getFileName()).daemon().start(task);
        flushing = task;
    }

    /// A flush that failed is a failure of the file: the kernel reports lost pages once.
    private void awaitFlush() throws IOException {
        Future<?> under = flushing;
        flushing = null;
        if (under == null) {
            return;
        }
        try {
            under.get();
        } catch (ExecutionException e) {
            throw Disk.explain(
                    path, e.getCause() instanceof IOException io ? io : new IOException(path.toString(), e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while writing " + path, e);
        }
    }

    @Override
    public void truncate(long length) throws IOException {
        if (length > channel.size()) {
            throw new IllegalArgumentException("%s is shorter than %d bytes".formatted(path, length));
        }
        try {
            channel.truncate(length);
            channel.position(length);
        } catch (IOException e) {
            throw Disk.explain(path, e);
        }
    }

    @Override
    public void force() throws IOException {
        awaitFlush();
        try {
            channel.force(false);
        } catch (IOException e) {
            throw Disk.explain(path, e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            awaitFlush();
        } finally {
            channel.close();
        }
    }
}
