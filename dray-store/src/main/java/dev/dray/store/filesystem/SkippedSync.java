package dev.dray.store.filesystem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// A disk on which one kind of sync is left out, so that a test can show that it would notice.
///
/// For tests only: a store used like this loses acknowledged data when the power fails. The system property
/// [#PROPERTY], set to `data` or `directory`, makes the built command behave so.
public final class SkippedSync implements FileOperations, FileOperations.Folders {
    /// The system property. Read here and nowhere else.
    public static final String PROPERTY = "dray.store.skip-sync";

    /// Which sync is left out.
    public enum Step {
        DATA,
        DIRECTORY
    }

    private final FileOperations files;
    private final Step step;

    public SkippedSync(FileOperations files, Step step) {
        this.files = files;
        this.step = step;
    }

    static FileOperations heedProperty(FileOperations files) {
        String skipped = System.getProperty(PROPERTY, "");
        return skipped.isEmpty() ? files : new SkippedSync(files, Step.valueOf(skipped.toUpperCase(Locale.ROOT)));
    }

    @Override
    public WritableFile open(Path file) throws IOException {
        WritableFile opened = files.open(file);
        return step == Step.DATA ? new UnforcedFile(opened) : opened;
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
        if (step != Step.DIRECTORY) {
            files.folders().force(folder);
        }
    }

    @Override
    public List<Path> list(Path folder) throws IOException {
        return files.folders().list(folder);
    }

    @Override
    public String fileSystemType(Path folder) throws IOException {
        return files.folders().fileSystemType(folder);
    }

    private record UnforcedFile(WritableFile file) implements WritableFile {
        @Override
        public long length() throws IOException {
            return file.length();
        }

        @Override
        public void write(ByteBuffer slab) throws IOException {
            file.write(slab);
        }

        @Override
        public void force() {
            // the step that is left out
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
