package dev.dray.store.filesystem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/// A disk that is another disk: what disks that fail or lose something start from. Thread safe when that other is.
public class ForwardingFiles implements FileOperations, FileOperations.Folders {
    private final FileOperations files;

    public ForwardingFiles(FileOperations files) {
        this.files = files;
    }

    @Override
    public WritableFile open(Path file) throws IOException {
        return files.open(file);
    }

    @Override
    public InputStream read(Path file, long offset) throws IOException {
        return files.read(file, offset);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        files.rename(from, to);
    }

    @Override
    public boolean delete(Path file) throws IOException {
        return files.delete(file);
    }

    @Override
    public OptionalLong length(Path file) throws IOException {
        return files.length(file);
    }

    @Override
    public Folders folders() {
        return this;
    }

    @Override
    public void create(Path folder) throws IOException {
        files.folders().create(folder);
    }

    @Override
    public void force(Path folder) throws IOException {
        files.folders().force(folder);
    }

    @Override
    public List<Path> list(Path folder) throws IOException {
        return files.folders().list(folder);
    }

    @Override
    public long usableSpace(Path folder) throws IOException {
        return files.folders().usableSpace(folder);
    }

    @Override
    public String fileSystemType(Path folder) throws IOException {
        return files.folders().fileSystemType(folder);
    }

    /// A file that is another file.
    public static class ForwardingFile implements WritableFile {
        private final WritableFile file;

        public ForwardingFile(WritableFile file) {
            this.file = file;
        }

        @Override
        public long length() throws IOException {
            return file.length();
        }

        @Override
        public void write(ByteBuffer slab) throws IOException {
            file.write(slab);
        }

        @Override
        public void truncate(long length) throws IOException {
            file.truncate(length);
        }

        @Override
        public void force() throws IOException {
            file.force();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
