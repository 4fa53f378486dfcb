package dev.dray.store;

import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.FileOperations.WritableFile;
import dev.dray.store.filesystem.Layout;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Random;

/// A file that holds a little of the disk for the moment at which it is full. Whoever wants to free space then must
/// write first, for the catalog's log takes some even to be read; so a store that is opened on a full disk lets go of
/// the file, and takes it again when it is closed.
///
/// A store that was never closed in order on a disk with room has no reserve, and no failure says so. Several processes
/// may do all of this at once.
final class Reserve {
    static final long BYTES = 2 << 20;
    /// With less than this a disk is as good as full.
    private static final long LITTLE = 512 << 10;
    /// A disk with so much is not near its end.
    private static final long PLENTY = 32 << 20;

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
    void releaseIfNeeded() throws IOException {
        released = free() < LITTLE && files.delete(file);
    }

    /// Takes it, when it was let go of or the disk has plenty.
    void take() {
        try {
            OptionalLong length = files.length(file);
            long missing = BYTES - length.orElse(0);
            if (missing > 0 && free() >= (released ? missing : PLENTY)) {
                write((int) missing);
            }
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
