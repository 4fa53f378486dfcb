package dev.dray.store.jdbc;

import dev.dray.model.Digest;
import dev.dray.store.catalog.Proofs;
import dev.dray.store.catalog.RecipeTable;
import java.time.Instant;

/// Writes the table `recipe`, and what hangs on it in `blob`; the triggers of the schema watch over the order.
public record JdbcProofs(Session session) implements Proofs {
    @Override
    public void record(RecipeTable.Row recipe) {
        session.update(
                "INSERT INTO recipe (digest, layer, encoder, bytes, proven) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (digest) DO UPDATE SET layer = excluded.layer, encoder = excluded.encoder,"
                        + " bytes = excluded.bytes, proven = excluded.proven",
                recipe.digest(),
                recipe.layer(),
                recipe.encoder(),
                recipe.bytes().toByteArray(),
                recipe.proven());
        session.update("DELETE FROM verdict WHERE digest = ?", recipe.digest());
    }

    @Override
    public boolean begin(RecipeTable.Row recipe, long size) {
        boolean added = session.update(
                        "INSERT INTO blob (digest, size, file, damaged, touched) VALUES (?, ?, NULL, 0, ?)"
                                + " ON CONFLICT (digest) DO NOTHING",
                        recipe.digest(),
                        size,
                        recipe.proven())
                > 0;
        record(recipe);
        if (added) {
            session.update("UPDATE blob SET rebuilt = 1 WHERE digest = ?", recipe.digest());
        }
        return added;
    }

    @Override
    public void renew(Digest digest, Instant proven) {
        session.update("UPDATE recipe SET proven = ? WHERE digest = ?", proven, digest);
    }

    @Override
    public boolean dropFile(Digest digest, String file, Instant provenSince) {
        return !new JdbcPolicies(session).pinHolds(digest)
                && session.update(
                                "UPDATE blob SET file = NULL, rebuilt = 1 WHERE digest = ? AND file = ? AND damaged = 0"
                                        + " AND EXISTS (SELECT 1 FROM recipe r"
                                        + " WHERE r.digest = blob.digest AND r.proven >= ?)",
                                digest,
                                file,
                                provenSince)
                        > 0;
    }

    @Override
    public boolean restoreFile(Digest digest, String file) {
        return session.update(
                        "UPDATE blob SET file = ?, rebuilt = 0, damaged = 0 WHERE digest = ? AND rebuilt = 1",
                        file,
                        digest)
                > 0;
    }

    @Override
    public boolean dropRecipe(Digest digest) {
        return session.update(
                        "DELETE FROM recipe WHERE digest = ? AND EXISTS"
                                + " (SELECT 1 FROM blob b WHERE b.digest = recipe.digest AND b.rebuilt = 0)",
                        digest)
                > 0;
    }
}
