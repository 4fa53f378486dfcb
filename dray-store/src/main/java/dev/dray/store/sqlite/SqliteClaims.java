package dev.dray.store.sqlite;

import dev.dray.store.catalog.Claims;
import dev.dray.store.catalog.ProcessId;
import java.util.Optional;

/// Claims in the table `claim`.
record SqliteClaims(Session session) implements Claims {
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
