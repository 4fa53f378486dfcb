package dev.dray.store.filesystem;

import java.io.IOException;
import java.nio.file.Path;

/// A disk on which one kind of sync is left out, so that a test can show that it would notice.
public final class SkippedSync extends ForwardingFiles {
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
