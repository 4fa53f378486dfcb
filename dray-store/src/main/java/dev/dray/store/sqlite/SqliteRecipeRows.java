package dev.dray.store.sqlite;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.store.catalog.RecipeRow;
import dev.dray.store.catalog.RecipeRows;
import java.util.List;
import java.util.Optional;

/// Recipes in the table `recipe`.
record SqliteRecipeRows(Session session) implements RecipeRows {
    private static final String SELECT = "SELECT digest, layer, encoder, bytes, proven FROM recipe WHERE ";
    private static final Session.Mapper<RecipeRow> RECIPE = row ->
            new RecipeRow(row.digest(1), row.number(2), row.text(3), RawBytes.copyOf(row.bytes(4)), row.instant(5));

    @Override
    public Optional<RecipeRow> find(Digest digest) {
        return session.first(SELECT + "digest = ?", RECIPE, digest);
    }

    @Override
    public List<RecipeRow> of(long layer) {
        return session.all(SELECT + "layer = ? ORDER BY digest", RECIPE, layer);
    }

    @Override
    public List<RecipeRow> list(Optional<Digest> last, int limit) {
        return session.all(SELECT + "digest > ? ORDER BY digest LIMIT ?", RECIPE, Session.after(last), limit);
    }
}
