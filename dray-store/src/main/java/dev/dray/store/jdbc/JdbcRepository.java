package dev.dray.store.jdbc;

import dev.dray.model.RepositoryName;
import dev.dray.store.catalog.Links;
import dev.dray.store.catalog.Manifests;
import dev.dray.store.catalog.Tags;
import dev.dray.store.catalog.Transaction.Repository;
import java.time.InstantSource;
import java.util.List;

/// One repository over one session.
record JdbcRepository(Session session, RepositoryName name, InstantSource clock) implements Repository {
    @Override
    public boolean exists() {
        return session.any("SELECT 1 FROM repository WHERE name = ?", name.value());
    }

    @Override
    public List<RepositoryName> behindHosts() {
        return session.all(
                "SELECT name FROM repository WHERE " + session.dialect().behindHost("name")
                        + " = ? AND name <> ? ORDER BY name",
                row -> new RepositoryName(row.text(1)),
                name.value(),
                name.value());
    }

    @Override
    public Tags tags() {
        return new JdbcTags(session, key(), clock);
    }

    @Override
    public Manifests manifests() {
        return new JdbcManifests(session, key(), clock);
    }

    @Override
    public Links links() {
        return new JdbcLinks(session, key(), clock);
    }

    @Override
    public boolean isEmpty() {
        long key = key().find();
        return !session.any(
                "SELECT 1 FROM manifest WHERE repository = ? UNION ALL SELECT 1 FROM link WHERE repository = ?"
                        + " UNION ALL SELECT 1 FROM upload WHERE repository = ? LIMIT 1",
                key,
                key,
                key);
    }

    @Override
    public void remove() {
        session.update("DELETE FROM repository WHERE id = ?", key().find());
    }

    private RepositoryKey key() {
        return new RepositoryKey(session, name);
    }
}
