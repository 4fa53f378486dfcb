package dev.dray.store.filesystem;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/// A disk on which one kind of sync is left out, so that a test can show that it would notice.
///
/// For tests only: a store used like this loses acknowledged data when the power fails. The system property
/// [#PROPERTY], set to `data` or `directory`, makes the built command behave so.
public final class SkippedSync extends ForwardingFiles {
    /// The system property. Read here and nowhere else.
    public static final String PROPERTY = "dray.store.skip-sync";

    /// Which sync is left out.
    public enum Step {
        DATA,
        DIRECTORY
    }

    private final Step step;

    public SkippedSync(FileOperations files, Step step) {
        super(files);
        this.step = step;
    }

    static FileOperations heedProperty(FileOperations files) {
        String skipped = System.getProperty(PROPERTY, "");
        return skipped.isEmpty() ? files : new SkippedSync(files, Step.valueOf(skipped.toUpperCase(Locale.ROOT)));
    }

    @Override
    public WritableFile open(Path file) throws IOException {
        WritableFile opened = super.open(file);
        return step == Step.DATA ? new UnforcedFile(opened) : opened;
    }

    @Override
    public void force(Path folder) throws IOException {
        if (step != Step.DIRECTORY) {
            super.force(folder);
        }
    }

    private static final class UnforcedFile extends ForwardingFile {
        UnforcedFile(WritableFile file) {
            super(file);
        }

        @Override
        public void force() {
            // the step that is left out
        }
    }
}
