package dev.dray.store.jdbc;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.store.catalog.RecipeTable;
import java.util.List;
import java.util.Optional;

/// Recipes in the table `recipe`, verdicts in `verdict`.
record JdbcRecipeTable(Session session) implements RecipeTable {
    private static final String SELECT = "SELECT digest, layer, encoder, bytes, proven FROM recipe WHERE ";
    private static final String VERDICTS = "SELECT digest, reason, version, at FROM verdict WHERE ";
    private static final Session.Mapper<Verdict> VERDICT =
            row -> new Verdict(row.digest(1), row.text(2), row.text(3), row.instant(4));
    private static final Session.Mapper<RecipeTable.Row> RECIPE = row -> new RecipeTable.Row(
            row.digest(1), row.number(2), row.text(3), RawBytes.copyOf(row.bytes(4)), row.instant(5));

    @Override
    public Optional<RecipeTable.Row> find(Digest digest) {
        return session.first(SELECT + "digest = ?", RECIPE, digest);
    }

    @Override
    public List<RecipeTable.Row> of(long layer) {
        return session.all(SELECT + "layer = ? ORDER BY digest", RECIPE, layer);
    }

    @Override
    public List<RecipeTable.Row> list(Optional<Digest> last, int limit) {
        return session.all(SELECT + "digest > ? ORDER BY digest LIMIT ?", RECIPE, Session.after(last), limit);
    }

    @Override
    public Optional<Verdict> verdict(Digest digest) {
        return session.first(VERDICTS + "digest = ?", VERDICT, digest);
    }

    @Override
    public void putVerdict(Verdict verdict) {
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
    public boolean deleteVerdict(Digest digest) {
        return session.update("DELETE FROM verdict WHERE digest = ?", digest) > 0;
    }

    @Override
    public List<Verdict> verdicts(Optional<Digest> last, int limit) {
        return session.all(VERDICTS + "digest > ? ORDER BY digest LIMIT ?", VERDICT, Session.after(last), limit);
    }
}
