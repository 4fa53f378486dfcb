package dev.dray.store.sqlite;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.MediaType;
import dev.dray.store.catalog.BlobRows;
import dev.dray.store.catalog.Manifests;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Manifests in the table `manifest`, what they name in `reference`.
record SqliteManifests(Session session, RepositoryKey repository, InstantSource clock) implements Manifests {
    private static final String SELECT = "SELECT digest, media_type, raw, stored FROM manifest WHERE repository = ? ";

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
                    now.minus(BlobRows.BETWEEN_TOUCHES));
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
        touchBlobs(session, key, digest, now);
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
    static void touchBlobs(Session session, long repository, Digest manifest, Instant now) {
        session.update(
                "UPDATE blob SET touched = ? WHERE digest IN (SELECT r.digest FROM reference r"
                        + " JOIN manifest m ON m.id = r.manifest WHERE m.repository = ? AND m.digest = ? AND child = 0)",
                now,
                repository,
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
}
