package dev.dray.store.filesystem;

import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.store.filesystem.FileOperations.OutOfSpaceException;
import java.io.IOException;
import java.nio.file.FileSystemException;

/// Says what the store was attempting when the disk failed.
public final class StoreFailure {
    private StoreFailure() {}

    /// @param attempt what could not be done: `cannot write the blob`
    public static DrayException of(String attempt, IOException e) {
        return e instanceof OutOfSpaceException
                ? new DrayException(Kind.OUT_OF_SPACE, attempt + ": no space left on the disk of the store", e)
                        .advising("free some space and try again")
                : new DrayException(Kind.UNAVAILABLE, attempt + ": " + reason(e), e);
    }

    /// Exceptions of files often have the path alone as their message.
    private static String reason(IOException e) {
        boolean explained = e instanceof FileSystemException failure && failure.getReason() != null;
        return explained || e.getClass() == IOException.class
                ? String.valueOf(e.getMessage())
                : "%s (%s)".formatted(e.getMessage(), e.getClass().getSimpleName());
    }
}
