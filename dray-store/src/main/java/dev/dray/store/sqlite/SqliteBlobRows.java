package dev.dray.store.sqlite;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.BlobRow;
import dev.dray.store.catalog.BlobRows;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Blobs in the table `blob`, the bytes of small ones in `inline_bytes`.
record SqliteBlobRows(Session session) implements BlobRows {
    /// Columns digest, size, file, damaged, touched, rebuilt.
    static final Session.Mapper<BlobRow> BLOB = row -> new BlobRow(
            row.digest(1),
            row.number(2),
            row.optionalText(3)
                    .<BlobLocation>map(BlobLocation.File::new)
                    .orElse(row.number(6) == 0 ? new BlobLocation.Inline() : new BlobLocation.Rebuilt()),
            row.number(4) != 0,
            row.instant(5));

    @Override
    public Optional<BlobRow> find(Digest digest) {
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
                        + " ON CONFLICT DO UPDATE SET bytes = excluded.bytes",
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
}
