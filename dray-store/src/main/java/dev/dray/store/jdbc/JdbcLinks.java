package dev.dray.store.jdbc;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.catalog.Links;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Links in the table `link`.
record JdbcLinks(Session session, RepositoryKey repository, InstantSource clock) implements Links {
    private static final String SELECT = "SELECT b.digest, b.size, b.file, b.damaged, b.touched, b.rebuilt"
            + " FROM link l JOIN blob b ON b.digest = l.digest WHERE l.repository = ? ";

    @Override
    public Optional<BlobTable.Row> find(Digest digest) {
        return session.first(SELECT + "AND l.digest = ?", JdbcBlobTable.BLOB, repository.find(), digest);
    }

    @Override
    public boolean add(Digest digest) {
        Instant now = clock.instant();
        if (contains(digest)) {
            session.update(
                    "UPDATE blob SET touched = ? WHERE digest = ? AND touched < ?",
                    now,
                    digest,
                    now.minus(BlobTable.BETWEEN_TOUCHES));
            return false;
        }
        if (session.update("UPDATE blob SET touched = ? WHERE digest = ?", now, digest) == 0) {
            throw new DrayException(DrayException.Kind.NOT_FOUND, "no blob " + digest + " in the store").about(digest);
        }
        session.update("INSERT INTO link (repository, digest) VALUES (?, ?)", repository.make(), digest);
        return true;
    }

    @Override
    public boolean remove(Digest digest) {
        return session.update("DELETE FROM link WHERE repository = ? AND digest = ?", repository.find(), digest) > 0;
    }

    @Override
    public Set<Digest> missing(Collection<Digest> digests) {
        Set<Digest> missing = new LinkedHashSet<>(digests);
        missing.removeIf(this::contains);
        return missing;
    }

    private boolean contains(Digest digest) {
        return session.any("SELECT 1 FROM link WHERE repository = ? AND digest = ?", repository.find(), digest);
    }

    @Override
    public boolean referenced(Digest digest) {
        return session.any(
                "SELECT 1 FROM reference r JOIN manifest m ON m.id = r.manifest"
                        + " WHERE r.digest = ? AND r.child = 0 AND m.repository = ?",
                digest,
                repository.find());
    }

    @Override
    public List<BlobTable.Row> list(Optional<Digest> last, int limit) {
        return session.all(
                SELECT + "AND l.digest > ? ORDER BY l.digest LIMIT ?",
                JdbcBlobTable.BLOB,
                repository.find(),
                Session.after(last),
                limit);
    }
}
