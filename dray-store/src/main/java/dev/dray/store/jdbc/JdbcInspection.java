package dev.dray.store.jdbc;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.store.catalog.Inspection;
import java.util.List;

/// Whether rows agree with each other; what the database knows of itself, its [Dialect] asks it.
record JdbcInspection(Session session) implements Inspection {
    private static final String TO_NOTHING =
            " FROM link WHERE NOT EXISTS (SELECT 1 FROM blob WHERE digest = link.digest)"
                    + " OR NOT EXISTS (SELECT 1 FROM repository WHERE id = link.repository)";

    @Override
    public List<String> damage() {
        return session.dialect().damage(session);
    }

    @Override
    public List<User> users(Digest blob, int limit) {
        return session.all(
                "SELECT p.name, m.digest FROM reference r JOIN manifest m ON m.id = r.manifest"
                        + " JOIN repository p ON p.id = m.repository WHERE r.digest = ? AND r.child = 0"
                        + " ORDER BY p.name, m.digest LIMIT ?",
                row -> new User(new RepositoryName(row.text(1)), row.digest(2)),
                blob,
                limit);
    }

    @Override
    public long linksToNothing() {
        return session.first("SELECT count(*)" + TO_NOTHING, row -> row.number(1))
                .orElse(0L);
    }

    @Override
    public void removeLinksToNothing() {
        session.update("DELETE" + TO_NOTHING);
    }
}
