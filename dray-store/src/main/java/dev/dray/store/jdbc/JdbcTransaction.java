package dev.dray.store.jdbc;

import dev.dray.model.RepositoryName;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.catalog.ContentTable;
import dev.dray.store.catalog.Inspection;
import dev.dray.store.catalog.LayerTable;
import dev.dray.store.catalog.PackTable;
import dev.dray.store.catalog.Policies;
import dev.dray.store.catalog.Processes;
import dev.dray.store.catalog.Provenance;
import dev.dray.store.catalog.RecipeTable;
import dev.dray.store.catalog.Settings;
import dev.dray.store.catalog.Transaction;
import dev.dray.store.catalog.UploadTable;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The parts of the catalog over one session.
public record JdbcTransaction(Session session, InstantSource clock) implements Transaction {
    @Override
    public Repository repository(RepositoryName name) {
        return new JdbcRepository(session, name, clock);
    }

    @Override
    public List<RepositoryName> repositories(Optional<RepositoryName> last, int limit) {
        return session.all(
                "SELECT name FROM repository WHERE name > ? ORDER BY name LIMIT ?",
                row -> new RepositoryName(row.text(1)),
                last.map(RepositoryName::value).orElse(""),
                limit);
    }

    @Override
    public BlobTable blobs() {
        return new JdbcBlobTable(session);
    }

    @Override
    public UploadTable uploads() {
        return new JdbcUploadTable(session);
    }

    @Override
    public Processes processes() {
        return new JdbcProcesses(session, clock);
    }

    @Override
    public Provenance provenance() {
        return new JdbcProvenance(session);
    }

    @Override
    public Inspection inspection() {
        return new JdbcInspection(session);
    }

    @Override
    public Settings settings() {
        return new JdbcSettings(session);
    }

    @Override
    public PackTable packs() {
        return new JdbcPackTable(session);
    }

    @Override
    public ContentTable contents() {
        return new JdbcContentTable(session);
    }

    @Override
    public LayerTable layers() {
        return new JdbcLayerTable(session);
    }

    @Override
    public RecipeTable recipes() {
        return new JdbcRecipeTable(session);
    }

    @Override
    public Policies policies() {
        return new JdbcPolicies(session);
    }
}
