package dev.dray.store.jdbc;

import dev.dray.model.RepositoryName;
import dev.dray.store.catalog.ProcessId;
import dev.dray.store.catalog.UploadTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Uploads in the table `upload`.
record JdbcUploadTable(Session session) implements UploadTable {
    private static final String SELECT = "SELECT u.id, r.name, u.owner, u.process, u.lifetime, u.expires, u.file"
            + " FROM upload u JOIN repository r ON r.id = u.repository ";

    private static final Session.Mapper<UploadTable.Row> UPLOAD = row -> new UploadTable.Row(
            row.text(1),
            new RepositoryName(row.text(2)),
            row.text(3),
            row.optionalNumber(4).map(ProcessId::new),
            Duration.ofMillis(row.number(5)),
            row.instant(6),
            row.text(7));

    @Override
    public Optional<UploadTable.Row> find(String id) {
        return session.first(SELECT + "WHERE u.id = ?", UPLOAD, id);
    }

    @Override
    public void put(UploadTable.Row row) {
        session.update(
                "INSERT INTO upload (id, repository, owner, process, lifetime, expires, file) VALUES (?, ?, ?, ?, ?,"
                        + " ?, ?) ON CONFLICT (id) DO UPDATE SET process = excluded.process, expires = excluded.expires",
                row.id(),
                new RepositoryKey(session, row.repository()).make(),
                row.owner(),
                row.process().map(ProcessId::value).orElse(null),
                row.lifetime().toMillis(),
                row.expires(),
                row.file());
    }

    @Override
    public boolean delete(String id) {
        return session.update("DELETE FROM upload WHERE id = ?", id) > 0;
    }

    @Override
    public List<UploadTable.Row> expired(Instant now, int limit) {
        return session.all(SELECT + "WHERE u.expires <= ? ORDER BY u.expires LIMIT ?", UPLOAD, now, limit);
    }

    @Override
    public boolean ownsFile(String file) {
        return session.any("SELECT 1 FROM upload WHERE file = ?", file);
    }
}
