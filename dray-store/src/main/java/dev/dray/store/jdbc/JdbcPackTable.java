package dev.dray.store.jdbc;

import dev.dray.store.catalog.PackTable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Packs in the table `pack`.
record JdbcPackTable(Session session) implements PackTable {
    private static final String SELECT =
            "SELECT id, file, size, raw_size, generation, damaged, created FROM pack WHERE ";
    private static final Session.Mapper<PackTable.Row> PACK = row -> new PackTable.Row(
            row.number(1),
            row.text(2),
            row.number(3),
            row.number(4),
            row.number(5),
            row.number(6) != 0,
            row.instant(7));

    @Override
    public long add(String file, long size, long rawSize, Instant now) {
        return session.first(
                        "INSERT INTO pack (file, size, raw_size, created) VALUES (?, ?, ?, ?) RETURNING id",
                        row -> row.number(1),
                        file,
                        size,
                        rawSize,
                        now)
                .orElseThrow();
    }

    @Override
    public Optional<PackTable.Row> find(long id) {
        return session.first(SELECT + "id = ?", PACK, id);
    }

    @Override
    public List<PackTable.Row> list(long after, int limit) {
        return session.all(SELECT + "id > ? ORDER BY id LIMIT ?", PACK, after, limit);
    }

    @Override
    public boolean ownsFile(String file) {
        return session.any("SELECT 1 FROM pack WHERE file = ?", file);
    }

    @Override
    public void markDamaged(long id) {
        session.update("UPDATE pack SET damaged = 1 WHERE id = ?", id);
        session.update("UPDATE recipe SET proven = 0 WHERE proven > 0");
    }

    @Override
    public void nextGeneration(long id) {
        session.update("UPDATE pack SET generation = generation + 1 WHERE id = ?", id);
    }

    @Override
    public boolean delete(long id) {
        return session.update("DELETE FROM pack WHERE id = ?", id) > 0;
    }
}
