package dev.dray.store.sqlite;

import dev.dray.model.Digest;
import dev.dray.store.catalog.Verdicts;
import java.util.List;
import java.util.Optional;

/// Verdicts in the table `verdict`.
record SqliteVerdicts(Session session) implements Verdicts {
    private static final String SELECT = "SELECT digest, reason, version, at FROM verdict WHERE ";
    private static final Session.Mapper<Verdict> VERDICT =
            row -> new Verdict(row.digest(1), row.text(2), row.text(3), row.instant(4));

    @Override
    public Optional<Verdict> find(Digest digest) {
        return session.first(SELECT + "digest = ?", VERDICT, digest);
    }

    @Override
    public void put(Verdict verdict) {
        session.update(
                "INSERT INTO verdict (digest, reason, version, at) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (digest) DO UPDATE SET reason = excluded.reason, version = excluded.version,"
                        + " at = excluded.at",
                verdict.digest(),
                verdict.reason(),
                verdict.version(),
                verdict.at());
    }

    @Override
    public boolean delete(Digest digest) {
        return session.update("DELETE FROM verdict WHERE digest = ?", digest) > 0;
    }

    @Override
    public List<Verdict> list(Optional<Digest> last, int limit) {
        return session.all(SELECT + "digest > ? ORDER BY digest LIMIT ?", VERDICT, Session.after(last), limit);
    }
}
