package dev.dray.registry.rules;

import dev.dray.store.filesystem.Disk;
import dev.dray.store.filesystem.ForwardingFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// The host's disk, which can be switched to full: then every write fails.
final class FullDisk extends ForwardingFiles {
    private volatile boolean full;

    FullDisk() {
        super(Disk.standard());
    }

    void fill() {
        full = true;
    }

    void free() {
        full = false;
    }

    @Override
    public WritableFile open(Path file) throws IOException {
        return new ForwardingFile(super.open(file)) {
            @Override
            public void write(ByteBuffer slab) throws IOException {
                if (full) {
                    throw new OutOfSpaceException(new IOException("No space left on device"));
                }
                super.write(slab);
            }
        };
    }
}
