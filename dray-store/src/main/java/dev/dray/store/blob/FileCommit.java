package dev.dray.store.blob;

import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.store.catalog.Catalog;
import dev.dray.store.catalog.Transaction;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.QuietDelete;
import dev.dray.store.process.LocalProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/// The last step of new files into the store: they get their places, durably, and then rows name them.
public record FileCommit(Catalog catalog, FileOperations files, LocalProcess process) {

    /// Moves files to where they stay, and makes that durable.
    @FunctionalInterface
    public interface Placing {
        void run() throws IOException;
    }

    /// Places files, and has `rows` name them in a transaction. When that fails the files are gone again.
    ///
    /// @param placed what `placing` may have placed; looked at after a failure
    public <T> T commit(Collection<Path> placed, Placing placing, Function<Transaction, T> rows) throws IOException {
        AtomicBoolean ready = new AtomicBoolean();
        try {
            placing.run();
            return catalog.write(transaction -> {
                T decided = rows.apply(transaction);
                ready.set(true);
                return decided;
            });
        } catch (IOException | RuntimeException | Error e) {
            if (ready.get() && !(e instanceof DrayException failure && failure.kind() == Kind.OUT_OF_SPACE)) {
                // The commit itself failed. After a crash its log may still be found whole, so the files stay.
                process.leaveOrphan();
            } else {
                placed.forEach(this::remove);
            }
            throw e;
        }
    }

    /// Removes a file that no row names.
    public void remove(Path file) {
        QuietDelete.quietly("file " + file, () -> files.delete(file));
    }
}
