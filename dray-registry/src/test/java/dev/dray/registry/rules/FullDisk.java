package dev.dray.registry.rules;

import dev.dray.store.filesystem.Disk;
import dev.dray.store.filesystem.FileOperations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.OptionalLong;

/// The host's disk, which can be full: then no file takes another byte.
final class FullDisk implements FileOperations {
    private final FileOperations disk = Disk.standard();
    private volatile boolean full;

    void fill() {
        full = true;
    }

    void free() {
        full = false;
    }

    @Override
    public WritableFile open(Path file) throws IOException {
        WritableFile opened = disk.open(file);
        return new WritableFile() {
            @Override
            public long length() throws IOException {
                return opened.length();
            }

            @Override
            public void write(ByteBuffer slab) throws IOException {
                if (full) {
                    throw new OutOfSpaceException(new IOException("No space left on device"));
                }
                opened.write(slab);
            }

            @Override
            public void force() throws IOException {
                opened.force();
            }

            @Override
            public void close() throws IOException {
                opened.close();
            }
        };
    }

    @Override
    public InputStream read(Path file, long offset) throws IOException {
        return disk.read(file, offset);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public boolean delete(Path file) throws IOException {
        return disk.delete(file);
    }

    @Override
    public OptionalLong length(Path file) throws IOException {
        return disk.length(file);
    }

    @Override
    public Folders folders() {
        return disk.folders();
    }
}
