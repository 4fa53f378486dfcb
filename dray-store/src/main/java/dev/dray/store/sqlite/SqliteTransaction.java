package dev.dray.store.sqlite;

import dev.dray.model.RepositoryName;
import dev.dray.store.catalog.BlobRows;
import dev.dray.store.catalog.ContentRows;
import dev.dray.store.catalog.Garbage;
import dev.dray.store.catalog.Inspection;
import dev.dray.store.catalog.LayerRows;
import dev.dray.store.catalog.PackRows;
import dev.dray.store.catalog.Pins;
import dev.dray.store.catalog.Policies;
import dev.dray.store.catalog.Processes;
import dev.dray.store.catalog.Provenance;
import dev.dray.store.catalog.RecipeRows;
import dev.dray.store.catalog.Settings;
import dev.dray.store.catalog.Transaction;
import dev.dray.store.catalog.UploadRows;
import dev.dray.store.catalog.Verdicts;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The parts of the catalog over one session.
record SqliteTransaction(Session session, InstantSource clock) implements Transaction {
    @Override
    public Repository repository(RepositoryName name) {
        return new SqliteRepository(session, name, clock);
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
    public BlobRows blobs() {
        return new SqliteBlobRows(session);
    }

    @Override
    public UploadRows uploads() {
        return new SqliteUploadRows(session);
    }

    @Override
    public Processes processes() {
        return new SqliteProcesses(session, clock);
    }

    @Override
    public Provenance provenance() {
        return new SqliteProvenance(session);
    }

    @Override
    public Garbage garbage() {
        return new SqliteGarbage(session);
    }

    @Override
    public Inspection inspection() {
        return new SqliteInspection(session);
    }

    @Override
    public Settings settings() {
        return new SqliteSettings(session);
    }

    @Override
    public PackRows packs() {
        return new SqlitePackRows(session);
    }

    @Override
    public ContentRows contents() {
        return new SqliteContentRows(session);
    }

    @Override
    public LayerRows layers() {
        return new SqliteLayerRows(session);
    }

    @Override
    public RecipeRows recipes() {
        return new SqliteRecipeRows(session);
    }

    @Override
    public Verdicts verdicts() {
        return new SqliteVerdicts(session);
    }

    @Override
    public Pins pins() {
        return new SqlitePins(session);
    }

    @Override
    public Policies policies() {
        return new SqlitePolicies(session);
    }
}
