package dev.dray.store.jdbc;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.BlobTable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Blobs in the table `blob`, the bytes of small ones in `inline_bytes`.
record JdbcBlobTable(Session session) implements BlobTable {
    /// Columns digest, size, file, damaged, touched, rebuilt.
    static final Session.Mapper<BlobTable.Row> BLOB = row -> new BlobTable.Row(
            row.digest(1),
            row.number(2),
            row.optionalText(3)
                    .<BlobLocation>map(BlobLocation.File::new)
                    .orElse(row.number(6) == 0 ? new BlobLocation.Inline() : new BlobLocation.Rebuilt()),
            row.number(4) != 0,
            row.instant(5));

    private static final Session.Mapper<BlobUse> USE = row -> new BlobUse(BLOB.map(row), row.number(7) != 0);

    @Override
    public Optional<BlobTable.Row> find(Digest digest) {
        return session.first(
                "SELECT digest, size, file, damaged, touched, rebuilt FROM blob WHERE digest = ?", BLOB, digest);
    }

    @Override
    public Optional<RawBytes> bytes(Digest digest) {
        return session.first(
                "SELECT bytes FROM inline_bytes WHERE digest = ?", row -> RawBytes.copyOf(row.bytes(1)), digest);
    }

    @Override
    public void putFile(Digest digest, long size, String file, Instant now) {
        put(digest, size, file, now);
        session.update("DELETE FROM inline_bytes WHERE digest = ?", digest);
    }

    @Override
    public void putInline(Digest digest, RawBytes bytes, Instant now) {
        put(digest, bytes.size(), null, now);
        session.update(
                "INSERT INTO inline_bytes (digest, bytes) VALUES (?, ?)"
                        + " ON CONFLICT (digest) DO UPDATE SET bytes = excluded.bytes",
                digest,
                bytes.toByteArray());
    }

    /// The recipe of a blob that could not be made any more does not outlive it: its proof holds no longer.
    private void put(Digest digest, long size, @Nullable String file, Instant now) {
        boolean unmakable = session.any("SELECT 1 FROM blob WHERE digest = ? AND rebuilt = 1 AND damaged = 1", digest);
        session.update(
                "INSERT INTO blob (digest, size, file, damaged, touched) VALUES (?, ?, ?, 0, ?)"
                        + " ON CONFLICT (digest) DO UPDATE SET size = excluded.size, file = excluded.file, damaged = 0,"
                        + " rebuilt = 0, touched = excluded.touched",
                digest,
                size,
                file,
                now);
        if (unmakable) {
            session.update("DELETE FROM recipe WHERE digest = ?", digest);
        }
    }

    @Override
    public void touch(Collection<Digest> digests, Instant now) {
        for (Digest digest : digests) {
            session.update("UPDATE blob SET touched = ? WHERE digest = ?", now, digest);
        }
    }

    @Override
    public void markDamaged(Digest digest) {
        session.update("UPDATE blob SET damaged = 1 WHERE digest = ?", digest);
    }

    @Override
    public boolean ownsFile(String file) {
        return session.any("SELECT 1 FROM blob WHERE file = ?", file);
    }

    @Override
    public List<BlobUse> list(Optional<Digest> last, int limit) {
        return session.all(
                "SELECT digest, size, file, damaged, touched, rebuilt,"
                        + " EXISTS (SELECT 1 FROM reference r WHERE r.digest = blob.digest AND r.child = 0)"
                        + " FROM blob WHERE digest > ? ORDER BY digest LIMIT ?",
                USE,
                Session.after(last),
                limit);
    }

    @Override
    public boolean isReferenced(Digest blob) {
        return session.any("SELECT 1 FROM reference WHERE digest = ? AND child = 0", blob);
    }

    @Override
    public void remove(Digest blob) {
        session.update("DELETE FROM link WHERE digest = ?", blob);
        session.update("DELETE FROM blob WHERE digest = ?", blob);
    }
}
