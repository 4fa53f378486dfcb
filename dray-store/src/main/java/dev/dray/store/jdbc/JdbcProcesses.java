package dev.dray.store.jdbc;

import dev.dray.model.Digest;
import dev.dray.store.catalog.ProcessId;
import dev.dray.store.catalog.Processes;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Processes in the table `process`, their leases in `lease` and `leased`, their claims in `claim`. The schema clears
/// what refers to a process that is removed.
record JdbcProcesses(Session session, InstantSource clock) implements Processes {
    @Override
    public ProcessId next() {
        return new ProcessId(session.dialect().newest(session, "process") + 1);
    }

    @Override
    public boolean add(ProcessId process) {
        return process.value() > session.dialect().newest(session, "process")
                && session.update("INSERT INTO process (id, started) VALUES (?, ?)", process.value(), clock.instant())
                        > 0;
    }

    @Override
    public List<ProcessId> list() {
        return session.all("SELECT id FROM process ORDER BY id", row -> new ProcessId(row.number(1)));
    }

    @Override
    public void remove(ProcessId process) {
        session.update("DELETE FROM process WHERE id = ?", process.value());
    }

    @Override
    public Leases leases() {
        return new JdbcLeases(session);
    }

    @Override
    public Claims claims() {
        return new JdbcClaims(session);
    }

    private record JdbcLeases(Session session) implements Leases {
        @Override
        public long open(ProcessId process) {
            return session.first(
                            "INSERT INTO lease (process) VALUES (?) RETURNING id",
                            row -> row.number(1),
                            process.value())
                    .orElseThrow();
        }

        @Override
        public void cover(long lease, Collection<Digest> digests) {
            for (Digest digest : digests) {
                session.update(
                        "INSERT INTO leased (lease, digest) VALUES (?, ?) ON CONFLICT DO NOTHING", lease, digest);
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

    private record JdbcClaims(Session session) implements Claims {
        @Override
        public Optional<ProcessId> holder(String name) {
            return session.first("SELECT process FROM claim WHERE name = ?", row -> new ProcessId(row.number(1)), name);
        }

        @Override
        public void take(String name, ProcessId process) {
            session.update(
                    "INSERT INTO claim (name, process) VALUES (?, ?)"
                            + " ON CONFLICT (name) DO UPDATE SET process = excluded.process",
                    name,
                    process.value());
        }

        @Override
        public void end(String name, ProcessId process) {
            session.update("DELETE FROM claim WHERE name = ? AND process = ?", name, process.value());
        }
    }
}
