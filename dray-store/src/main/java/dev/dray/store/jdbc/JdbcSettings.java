package dev.dray.store.jdbc;

import dev.dray.store.catalog.Settings;
import java.util.Optional;

/// Settings in the table `setting`.
public record JdbcSettings(Session session) implements Settings {
    @Override
    public Optional<String> find(String name) {
        return session.first("SELECT value FROM setting WHERE name = ?", row -> row.text(1), name);
    }

    @Override
    public void put(String name, String value) {
        session.update(
                "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value ="
                        + " excluded.value",
                name,
                value);
    }

    @Override
    public boolean delete(String name) {
        return session.update("DELETE FROM setting WHERE name = ?", name) > 0;
    }
}
