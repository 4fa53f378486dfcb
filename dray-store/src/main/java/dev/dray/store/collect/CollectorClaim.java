package dev.dray.store.collect;

import dev.dray.store.catalog.Catalog;
import dev.dray.store.catalog.ProcessId;
import dev.dray.store.catalog.Processes.Claims;
import dev.dray.store.filesystem.ProcessLocks;
import java.io.IOException;
import java.util.Optional;

/// The right to remove bytes of a store, or to be sure that nobody does: one process at a time has it. It ends with its
/// process, however that ends.
final class CollectorClaim implements AutoCloseable {
    private static final String NAME = "collector";

    private final Catalog catalog;
    private final ProcessId self;

    private CollectorClaim(Catalog catalog, ProcessId self) {
        this.catalog = catalog;
        this.self = self;
    }

    /// Empty when another living process has the claim. The caller sees to it that this process asks only when it has
    /// none: one in its own name is left over.
    static Optional<CollectorClaim> take(Catalog catalog, ProcessLocks locks, ProcessId self) throws IOException {
        Optional<ProcessId> before =
                catalog.read(transaction -> transaction.processes().claims().holder(NAME));
        if (before.isPresent()
                && !before.get().equals(self)
                && locks.isAlive(before.get().toString())) {
            return Optional.empty();
        }
        boolean taken = catalog.write(transaction -> {
            Claims claims = transaction.processes().claims();
            boolean unchanged = claims.holder(NAME).equals(before);
            if (unchanged) {
                claims.take(NAME, self);
            }
            return unchanged;
        });
        return taken ? Optional.of(new CollectorClaim(catalog, self)) : Optional.empty();
    }

    @Override
    public void close() {
        catalog.change(transaction -> transaction.processes().claims().end(NAME, self));
    }
}
