package dev.dray.store.process;

import dev.dray.store.catalog.Catalog;
import dev.dray.store.catalog.Claims;
import java.util.Optional;

/// Work that this opened store alone does at the moment, until it is closed or the process ends. Thread safe; the
/// caller closes.
public final class Claim implements AutoCloseable {
    private final Catalog catalog;
    private final LocalProcess process;
    private final String name;

    private Claim(Catalog catalog, LocalProcess process, String name) {
        this.catalog = catalog;
        this.process = process;
        this.name = name;
    }

    /// @param name of the work: `proof sha256:…`
    /// @return empty while someone who lives has it, this store itself included
    public static Optional<Claim> take(Catalog catalog, LocalProcess process, String name) {
        var self = process.id();
        boolean taken = catalog.write(transaction -> {
            Claims claims = transaction.processes().claims();
            boolean free = claims.holder(name).filter(process::isAlive).isEmpty();
            if (free) {
                claims.take(name, self);
            }
            return free;
        });
        return taken ? Optional.of(new Claim(catalog, process, name)) : Optional.empty();
    }

    @Override
    public void close() {
        var self = process.id();
        catalog.change(transaction -> transaction.processes().claims().end(name, self));
    }
}
