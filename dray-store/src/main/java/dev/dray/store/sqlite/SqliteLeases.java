package dev.dray.store.sqlite;

import dev.dray.model.Digest;
import dev.dray.store.catalog.Leases;
import dev.dray.store.catalog.ProcessId;
import java.util.Collection;
import java.util.List;

/// Leases in the table `lease`, the digests they cover in `leased`.
record SqliteLeases(Session session) implements Leases {
    @Override
    public long open(ProcessId process) {
        return session.first(
                        "INSERT INTO lease (process) VALUES (?) RETURNING id", row -> row.number(1), process.value())
                .orElseThrow();
    }

    @Override
    public void cover(long lease, Collection<Digest> digests) {
        for (Digest digest : digests) {
            session.update("INSERT INTO leased (lease, digest) VALUES (?, ?) ON CONFLICT DO NOTHING", lease, digest);
        }
    }

    @Override
    public void end(long lease) {
        session.update("DELETE FROM lease WHERE id = ?", lease);
    }

    @Override
    public List<ProcessId> holders(Digest digest) {
        return session.all(
                "SELECT DISTINCT l.process FROM leased d JOIN lease l ON l.id = d.lease WHERE d.digest = ?",
                row -> new ProcessId(row.number(1)),
                digest);
    }
}
