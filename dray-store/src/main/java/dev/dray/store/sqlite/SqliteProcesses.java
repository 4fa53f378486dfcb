package dev.dray.store.sqlite;

import dev.dray.store.catalog.Claims;
import dev.dray.store.catalog.Leases;
import dev.dray.store.catalog.ProcessId;
import dev.dray.store.catalog.Processes;
import java.time.InstantSource;
import java.util.List;

/// Processes in the table `process`; what refers to one that is removed is cleared by the schema.
record SqliteProcesses(Session session, InstantSource clock) implements Processes {
    @Override
    public ProcessId add() {
        return session.first(
                        "INSERT INTO process (started) VALUES (?) RETURNING id",
                        row -> new ProcessId(row.number(1)),
                        clock.instant())
                .orElseThrow();
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
        return new SqliteLeases(session);
    }

    @Override
    public Claims claims() {
        return new SqliteClaims(session);
    }
}
