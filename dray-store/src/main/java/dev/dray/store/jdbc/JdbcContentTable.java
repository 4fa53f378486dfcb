package dev.dray.store.jdbc;

import dev.dray.model.Digest;
import dev.dray.store.catalog.ContentTable;
import java.util.List;
import java.util.Optional;

/// Contents in the table `content`.
record JdbcContentTable(Session session) implements ContentTable {
    private static final Session.Mapper<ContentTable.Row> CONTENT =
            row -> new ContentTable.Row(row.digest(1), row.number(2), row.number(3), row.number(4));

    @Override
    public Optional<ContentTable.Row> find(Digest digest) {
        return session.first("SELECT digest, pack, offset, size FROM content WHERE digest = ?", CONTENT, digest);
    }

    @Override
    public Optional<ContentTable.Row> findHealthy(Digest digest) {
        return session.first(
                "SELECT c.digest, c.pack, c.offset, c.size FROM content c JOIN pack p ON p.id = c.pack"
                        + " WHERE c.digest = ? AND p.damaged = 0",
                CONTENT,
                digest);
    }

    @Override
    public boolean add(ContentTable.Row content) {
        return session.update(
                        "INSERT INTO content (digest, pack, offset, size) VALUES (?, ?, ?, ?)"
                                + " ON CONFLICT (digest) DO UPDATE SET pack = excluded.pack, offset = excluded.offset,"
                                + " size = excluded.size WHERE NOT EXISTS"
                                + " (SELECT 1 FROM pack WHERE id = content.pack AND damaged = 0)",
                        content.digest(),
                        content.pack(),
                        content.offset(),
                        content.size())
                > 0;
    }

    @Override
    public void move(ContentTable.Row content) {
        session.update(
                "UPDATE content SET pack = ?, offset = ?, size = ? WHERE digest = ?",
                content.pack(),
                content.offset(),
                content.size(),
                content.digest());
    }

    @Override
    public boolean delete(Digest digest) {
        return session.update("DELETE FROM content WHERE digest = ?", digest) > 0;
    }

    @Override
    public List<ContentTable.Row> list(Optional<Digest> last, int limit) {
        return session.all(
                "SELECT digest, pack, offset, size FROM content WHERE digest > ? ORDER BY digest LIMIT ?",
                CONTENT,
                Session.after(last),
                limit);
    }

    @Override
    public long count() {
        return session.first("SELECT count(*) FROM content", row -> row.number(1))
                .orElseThrow();
    }
}
