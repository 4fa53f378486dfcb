package dev.dray.store.blob;

import dev.dray.store.catalog.UnknownOutcomeException;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.QuietDelete;
import dev.dray.store.process.LocalProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.function.Supplier;

/// The last step of new files into the store: they get their places, durably, and then rows name them.
public record FileCommit(FileOperations files, LocalProcess process) {

    /// Moves files to where they stay, and makes that durable.
    @FunctionalInterface
    public interface Placing {
        void run() throws IOException;
    }

    /// Places files, and has `rows` name them in a change of the catalog. When that fails the files are gone again,
    /// unless the change may have been committed: then they stay, and the next start can tell.
    ///
    /// @param placed what `placing` may have placed; looked at after a failure
    /// @param rows writes to the catalog
    public <T> T commit(Collection<Path> placed, Placing placing, Supplier<T> rows) throws IOException {
        try {
            placing.run();
            return rows.get();
        } catch (UnknownOutcomeException e) {
            process.leaveOrphan();
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            placed.forEach(this::remove);
            throw e;
        }
    }

    /// Removes a file that no row names.
    public void remove(Path file) {
        QuietDelete.quietly("file " + file, () -> files.delete(file));
    }
}
