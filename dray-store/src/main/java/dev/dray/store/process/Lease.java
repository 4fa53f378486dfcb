package dev.dray.store.process;

import dev.dray.model.Digest;
import dev.dray.store.catalog.Catalog;
import java.util.Collection;

/// A promise that some blobs are not collected, until it is closed or the process ends. Thread safe; the caller
/// closes.
public final class Lease implements AutoCloseable {
    private final Catalog catalog;
    private final long number;

    private Lease(Catalog catalog, long number) {
        this.catalog = catalog;
        this.number = number;
    }

    public static Lease take(Catalog catalog, LocalProcess process) {
        var self = process.id();
        return new Lease(
                catalog,
                catalog.write(transaction -> transaction.processes().leases().open(self)));
    }

    /// The number by which the catalog knows it.
    public long number() {
        return number;
    }

    /// Adds digests; the blobs need not exist yet. Durable on return.
    public void cover(Collection<Digest> digests) {
        catalog.change(transaction -> transaction.processes().leases().cover(number, digests));
    }

    @Override
    public void close() {
        catalog.change(transaction -> transaction.processes().leases().end(number));
    }
}
