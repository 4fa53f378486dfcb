package dev.dray.store.jdbc;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.MediaType;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.catalog.Manifests;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Manifests in the table `manifest`, what they name in `reference`.
record JdbcManifests(Session session, RepositoryKey repository, InstantSource clock) implements Manifests {
    private static final String SELECT = "SELECT digest, media_type, raw, stored FROM manifest WHERE repository = ? ";

    private static final String USES = "SELECT digest, length(raw), stored FROM manifest WHERE repository = ? ";

    /// Upwards from a manifest: the indexes that list it, and what it is a referrer of, until a tag is met.
    private static final String NAMED = """
        WITH RECURSIVE above(id, digest, subject) AS (
          SELECT id, digest, subject FROM manifest WHERE repository = ? AND digest = ?
          UNION
          SELECT parent.id, parent.digest, parent.subject
            FROM above JOIN reference r ON r.digest = above.digest AND r.child = 1
            JOIN manifest parent ON parent.id = r.manifest AND parent.repository = ?
          UNION
          SELECT about.id, about.digest, about.subject
            FROM above JOIN manifest about ON about.repository = ? AND about.digest = above.subject
        )
        SELECT 1 FROM above JOIN tag ON tag.repository = ? AND tag.digest = above.digest LIMIT 1\
        """;

    private static final Session.Mapper<ManifestUse> USE =
            row -> new ManifestUse(row.digest(1), row.number(2), row.instant(3));
    private static final Session.Mapper<Stored> STORED =
            row -> new Stored(row.digest(1), new MediaType(row.text(2)), RawBytes.copyOf(row.bytes(3)), row.instant(4));

    @Override
    public Optional<Stored> find(Digest digest) {
        return session.first(SELECT + "AND digest = ?", STORED, repository.find(), digest);
    }

    @Override
    public void put(Digest digest, Manifest manifest) {
        Instant now = clock.instant();
        if (contains(digest)) {
            session.update(
                    "UPDATE manifest SET stored = ? WHERE repository = ? AND digest = ? AND stored < ?",
                    now,
                    repository.find(),
                    digest,
                    now.minus(BlobTable.BETWEEN_TOUCHES));
            return;
        }
        long id = session.first(
                        "INSERT INTO manifest (repository, digest, media_type, subject, stored, raw)"
                                + " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
                        row -> row.number(1),
                        repository.make(),
                        digest,
                        manifest.mediaType().value(),
                        manifest.subject()
                                .map(subject -> subject.digest().toByteArray())
                                .orElse(null),
                        now,
                        manifest.raw().toByteArray())
                .orElseThrow();
        switch (manifest) {
            case Manifest.Image image -> refer(id, 0, image.blobs());
            case Manifest.Index index -> refer(id, 1, index.manifests());
        }
    }

    private void refer(long manifest, int child, List<Descriptor> descriptors) {
        for (Descriptor descriptor : descriptors) {
            session.update(
                    "INSERT INTO reference (manifest, child, digest) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    manifest,
                    child,
                    descriptor.digest());
        }
    }

    @Override
    public boolean delete(Digest digest) {
        Instant now = clock.instant();
        long key = repository.find();
        touchBlobs(key, digest, now);
        session.update(
                "UPDATE manifest SET stored = ? WHERE repository = ? AND digest IN (SELECT r.digest FROM reference r"
                        + " JOIN manifest m ON m.id = r.manifest WHERE m.repository = ? AND m.digest = ? AND child = 1)",
                now,
                key,
                key,
                digest);
        session.update("UPDATE manifest SET stored = ? WHERE repository = ? AND subject = ?", now, key, digest);
        return session.update("DELETE FROM manifest WHERE repository = ? AND digest = ?", key, digest) > 0;
    }

    /// Postpones the end of what a manifest references, which may have no other.
    private void touchBlobs(long key, Digest manifest, Instant now) {
        session.update(
                "UPDATE blob SET touched = ? WHERE digest IN (SELECT r.digest FROM reference r"
                        + " JOIN manifest m ON m.id = r.manifest WHERE m.repository = ? AND m.digest = ? AND child = 0)",
                now,
                key,
                manifest);
    }

    @Override
    public List<Stored> list(Optional<Digest> last, int limit) {
        return session.all(
                SELECT + "AND digest > ? ORDER BY digest LIMIT ?",
                STORED,
                repository.find(),
                Session.after(last),
                limit);
    }

    @Override
    public Set<Digest> missing(Collection<Digest> digests) {
        Set<Digest> missing = new LinkedHashSet<>(digests);
        missing.removeIf(this::contains);
        return missing;
    }

    private boolean contains(Digest digest) {
        return session.any("SELECT 1 FROM manifest WHERE repository = ? AND digest = ?", repository.find(), digest);
    }

    @Override
    public List<Stored> referrers(Digest subject, Optional<Digest> last, int limit) {
        return session.all(
                SELECT + "AND subject = ? AND digest > ? ORDER BY digest LIMIT ?",
                STORED,
                repository.find(),
                subject,
                Session.after(last),
                limit);
    }

    @Override
    public List<ManifestUse> uses(Optional<Digest> last, int limit) {
        return session.all(
                USES + "AND digest > ? ORDER BY digest LIMIT ?", USE, repository.find(), Session.after(last), limit);
    }

    @Override
    public Optional<ManifestUse> use(Digest digest) {
        return session.first(USES + "AND digest = ?", USE, repository.find(), digest);
    }

    @Override
    public boolean isNamed(Digest manifest) {
        long key = repository.find();
        return session.any(NAMED, key, manifest, key, key, key);
    }

    @Override
    public void collect(Digest manifest) {
        touchBlobs(repository.find(), manifest, clock.instant());
        session.update("DELETE FROM manifest WHERE repository = ? AND digest = ?", repository.find(), manifest);
    }
}
