package dev.dray.store.sqlite;

import dev.dray.model.Digest;
import dev.dray.store.catalog.Garbage;
import java.util.List;
import java.util.Optional;

/// Blobs that no row of `reference` names.
record SqliteGarbage(Session session) implements Garbage {

    private static final Session.Mapper<BlobUse> USE =
            row -> new BlobUse(SqliteBlobRows.BLOB.map(row), row.number(7) != 0);

    @Override
    public List<BlobUse> blobs(Optional<Digest> last, int limit) {
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
    public void removeBlob(Digest blob) {
        session.update("DELETE FROM link WHERE digest = ?", blob);
        session.update("DELETE FROM blob WHERE digest = ?", blob);
    }
}
