package dev.dray.store.sqlite;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.store.catalog.Inspection;
import java.util.ArrayList;
import java.util.List;

/// What SQLite finds out about its own database (sqlite.org/pragma.html, `quick_check`, `foreign_key_check`).
record SqliteInspection(Session session) implements Inspection {
    private static final String TO_NOTHING =
            " FROM link WHERE NOT EXISTS (SELECT 1 FROM blob WHERE digest = link.digest)"
                    + " OR NOT EXISTS (SELECT 1 FROM repository WHERE id = link.repository)";

    @Override
    public List<String> damage() {
        List<String> damage = new ArrayList<>(session.all("PRAGMA quick_check", row -> row.text(1)));
        damage.remove("ok");
        damage.addAll(session.all(
                "SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check"
                        + " WHERE \"table\" <> 'link' GROUP BY 1, 2",
                row -> "%d rows of %s name a %s that is not there".formatted(row.number(3), row.text(1), row.text(2))));
        return damage;
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
