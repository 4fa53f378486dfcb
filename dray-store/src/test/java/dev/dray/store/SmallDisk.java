package dev.dray.store;

import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.ForwardingFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// A disk with a number of free bytes, and a number that it tells. It takes what fits of the last write, as a disk
/// does.
final class SmallDisk extends ForwardingFiles {
    long free = Long.MAX_VALUE;
    long told = Long.MAX_VALUE;

    SmallDisk(FileOperations files) {
        super(files);
    }

    @Override
    public long usableSpace(Path folder) {
        return told;
    }

    @Override
    public WritableFile open(Path file) throws IOException {
        return new SmallFile(super.open(file));
    }

    private final class SmallFile extends ForwardingFile {
        SmallFile(WritableFile file) {
            super(file);
        }

        @Override
        public void write(ByteBuffer slab) throws IOException {
            if (slab.remaining() <= free) {
                free -= slab.remaining();
                super.write(slab);
                return;
            }
            super.write(slab.slice(slab.position(), (int) free));
            free = 0;
            throw new OutOfSpaceException(new IOException("No space left on device"));
        }
    }
}
