package dev.dray.store.sqlite;

import dev.dray.model.Digest;
import dev.dray.store.catalog.RepositoryGarbage;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// What of one repository no row of `tag` leads to.
record SqliteRepositoryGarbage(Session session, RepositoryKey repository, InstantSource clock)
        implements RepositoryGarbage {
    private static final String SELECT = "SELECT digest, length(raw), stored FROM manifest WHERE repository = ? ";

    /// Upwards from a manifest: the indexes that list it, and what it is a referrer of, until a tag is met.
    private static final String NAMED = """
        WITH RECURSIVE above(id, digest, subject) AS (
          SELECT id, digest, subject FROM manifest WHERE repository = ?1 AND digest = ?2
          UNION
          SELECT parent.id, parent.digest, parent.subject
            FROM above JOIN reference r ON r.digest = above.digest AND r.child = 1
            JOIN manifest parent ON parent.id = r.manifest AND parent.repository = ?1
          UNION
          SELECT about.id, about.digest, about.subject
            FROM above JOIN manifest about ON about.repository = ?1 AND about.digest = above.subject
        )
        SELECT 1 FROM above JOIN tag ON tag.repository = ?1 AND tag.digest = above.digest LIMIT 1\
        """;

    private static final Session.Mapper<ManifestUse> USE =
            row -> new ManifestUse(row.digest(1), row.number(2), row.instant(3));

    @Override
    public List<ManifestUse> manifests(Optional<Digest> last, int limit) {
        return session.all(
                SELECT + "AND digest > ? ORDER BY digest LIMIT ?", USE, repository.find(), Session.after(last), limit);
    }

    @Override
    public Optional<ManifestUse> manifest(Digest digest) {
        return session.first(SELECT + "AND digest = ?", USE, repository.find(), digest);
    }

    @Override
    public boolean isNamed(Digest manifest) {
        return session.any(NAMED, repository.find(), manifest);
    }

    @Override
    public void removeManifest(Digest manifest) {
        SqliteManifests.touchBlobs(session, repository.find(), manifest, clock.instant());
        session.update("DELETE FROM manifest WHERE repository = ? AND digest = ?", repository.find(), manifest);
    }

    @Override
    public boolean isEmpty() {
        return !session.any(
                "SELECT 1 FROM manifest WHERE repository = ?1 UNION ALL SELECT 1 FROM link WHERE repository = ?1"
                        + " UNION ALL SELECT 1 FROM upload WHERE repository = ?1 LIMIT 1",
                repository.find());
    }

    @Override
    public void remove() {
        session.update("DELETE FROM repository WHERE id = ?", repository.find());
    }
}
