package dev.dray.store.collect;

import dev.dray.store.catalog.Catalog;
import dev.dray.store.catalog.ProcessId;
import dev.dray.store.filesystem.ProcessLocks;
import java.io.IOException;
import java.util.Optional;

/// The right to remove bytes of a store, or to be sure that nobody does: one process at a time has it. It ends with its
/// process, however that ends.
public final class Claim implements AutoCloseable {
    private static final String SETTING = "collector";

    private final Catalog catalog;
    private final ProcessId self;

    private Claim(Catalog catalog, ProcessId self) {
        this.catalog = catalog;
        this.self = self;
    }

    /// Empty when another living process has the claim. The caller sees to it that this process asks only when it has
    /// none.
    static Optional<Claim> take(Catalog catalog, ProcessLocks locks, ProcessId self) throws IOException {
        Optional<String> before = holder(catalog);
        boolean held = before.isPresent() && !before.get().equals(self.toString()) && locks.isAlive(before.get());
        if (held) {
            return Optional.empty();
        }
        boolean taken = catalog.write(transaction -> {
            boolean unchanged = transaction.settings().find(SETTING).equals(before);
            if (unchanged) {
                transaction.settings().put(SETTING, self.toString());
            }
            return unchanged;
        });
        return taken ? Optional.of(new Claim(catalog, self)) : Optional.empty();
    }

    private static Optional<String> holder(Catalog catalog) {
        return catalog.read(transaction -> transaction.settings().find(SETTING));
    }

    @Override
    public void close() {
        catalog.change(transaction -> {
            if (transaction.settings().find(SETTING).equals(Optional.of(self.toString()))) {
                transaction.settings().delete(SETTING);
            }
        });
    }
}
