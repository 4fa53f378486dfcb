package dev.dray.store;

import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.FileOperations.WritableFile;
import dev.dray.store.filesystem.Layout;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;

/// A file that holds a little of the disk for the moment at which it is full. Whoever wants to free space then must
/// write first, for the catalog's log takes some even to be read.
///
/// It is taken when a store is opened, a smaller one on a small disk, and given up when a store is opened on a full
/// disk or when something that frees space fails for want of it. As long as it is given up and cannot be taken again
/// the store [#isShort], and nothing that takes space should begin. Several processes may do all of this at once.
/// Thread safe.
final class Reserve {
    static final long BYTES = 2 << 20;
    /// Less than this is of no use to anybody.
    private static final long LEAST = 128 << 10;
    /// With less than this a disk is as good as full.
    private static final long LITTLE = 512 << 10;
    /// What has to be free for each byte of the reserve.
    private static final long TIMES = 8;

    private final FileOperations files;
    private final Layout layout;
    private final Path file;
    private boolean released;

    Reserve(FileOperations files, Layout layout) {
        this.files = files;
        this.layout = layout;
        this.file = layout.reserve();
    }

    /// Lets go of it when nothing else is free.
    synchronized void releaseIfNeeded() throws IOException {
        if (free() < LITTLE) {
            release();
        }
    }

    /// Lets go of it.
    ///
    /// @return whether there was one
    synchronized boolean release() throws IOException {
        boolean there = files.delete(file);
        released |= there;
        return there;
    }

    /// Whether it was let go of, and the disk has no room for it yet.
    synchronized boolean isShort() {
        if (released) {
            take();
        }
        return released;
    }

    /// Takes it, as much of it as the disk can spare.
    synchronized void take() {
        try {
            long length = files.length(file).orElse(0);
            long wanted = Math.min(BYTES, free() / TIMES + length / TIMES);
            if (wanted >= LEAST && wanted > length) {
                write((int) (wanted - length));
            }
            released &= wanted < LEAST;
        } catch (IOException e) {
            System.getLogger(Reserve.class.getName()).log(Level.DEBUG, "no reserve in " + file, e);
        }
    }

    /// Bytes that no file system compresses, so that they take what they count.
    private void write(int count) throws IOException {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        try (WritableFile reserve = files.open(file)) {
            reserve.write(ByteBuffer.wrap(bytes));
        }
    }

    private long free() throws IOException {
        return files.folders().usableSpace(layout.folder());
    }
}
