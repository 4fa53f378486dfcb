package dev.dray.store.process;

import dev.dray.store.catalog.Catalog;
import dev.dray.store.catalog.ProcessId;
import dev.dray.store.catalog.Processes.Claims;
import java.util.Optional;
import java.util.function.Predicate;

/// Work that this opened store alone does at the moment, until it is closed or the process ends. Thread safe; the
/// caller closes.
///
/// Whether the holder of a claim lives, the disk says; so that is asked before the transaction, which takes the claim
/// only while the holder is still the one that was asked about.
public final class Claim implements AutoCloseable {
    private final Catalog catalog;
    private final ProcessId self;
    private final String name;

    private Claim(Catalog catalog, ProcessId self, String name) {
        this.catalog = catalog;
        this.self = self;
        this.name = name;
    }

    /// @param name of the work: `proof sha256:…`
    /// @return empty while a living process has it, this store itself included, or when another was faster
    public static Optional<Claim> take(Catalog catalog, LocalProcess process, String name) {
        return take(catalog, process, name, process::isAlive);
    }

    /// [#take] for callers who ask only while this store has no such claim: one in its own name is left over.
    ///
    /// @param name of the work: `collector`
    public static Optional<Claim> takeOrRenew(Catalog catalog, LocalProcess process, String name) {
        return take(catalog, process, name, holder -> !process.isThis(holder) && process.isAlive(holder));
    }

    private static Optional<Claim> take(
            Catalog catalog, LocalProcess process, String name, Predicate<ProcessId> isInTheWay) {
        ProcessId self = process.id();
        Optional<ProcessId> before =
                catalog.read(transaction -> transaction.processes().claims().holder(name));
        if (before.filter(isInTheWay).isPresent()) {
            return Optional.empty();
        }
        boolean taken = catalog.write(transaction -> {
            Claims claims = transaction.processes().claims();
            boolean unchanged = claims.holder(name).equals(before);
            if (unchanged) {
                claims.take(name, self);
            }
            return unchanged;
        });
        return taken ? Optional.of(new Claim(catalog, self, name)) : Optional.empty();
    }

    @Override
    public void close() {
        catalog.change(transaction -> transaction.processes().claims().end(name, self));
    }
}
