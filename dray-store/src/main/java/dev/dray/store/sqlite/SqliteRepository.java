package dev.dray.store.sqlite;

import dev.dray.model.RepositoryName;
import dev.dray.store.catalog.Links;
import dev.dray.store.catalog.Manifests;
import dev.dray.store.catalog.RepositoryGarbage;
import dev.dray.store.catalog.Tags;
import dev.dray.store.catalog.Transaction.Repository;
import java.time.InstantSource;
import java.util.List;

/// One repository over one session.
record SqliteRepository(Session session, RepositoryName name, InstantSource clock) implements Repository {
    @Override
    public boolean exists() {
        return session.any("SELECT 1 FROM repository WHERE name = ?", name.value());
    }

    @Override
    public List<RepositoryName> behindHosts() {
        return session.all(
                "SELECT name FROM repository"
                        + " WHERE substr(name, instr(name, '/') + 1) = ?1 AND name <> ?1 ORDER BY name",
                row -> new RepositoryName(row.text(1)),
                name.value());
    }

    @Override
    public Tags tags() {
        return new SqliteTags(session, key(), clock);
    }

    @Override
    public Manifests manifests() {
        return new SqliteManifests(session, key(), clock);
    }

    @Override
    public Links links() {
        return new SqliteLinks(session, key(), clock);
    }

    @Override
    public RepositoryGarbage garbage() {
        return new SqliteRepositoryGarbage(session, key(), clock);
    }

    private RepositoryKey key() {
        return new RepositoryKey(session, name);
    }
}
