package dev.dray.engine.adopt.search;

import dev.dray.layer.recipe.GzipRecipe;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.store.Store;
import java.util.Base64;
import java.util.Optional;

/// Remembers in Dray's own store, among its settings: a few kilobytes for each layer.
record StoreRecipeCache(Store store) implements RecipeCache {
    private static final String RECIPE = "adopt.recipe.";
    private static final String MADE = "adopt.made.";
    private static final String VAIN = "adopt.vain.";

    @Override
    public Optional<GzipRecipe> recipe(Digest blob) {
        return find(RECIPE + blob).flatMap(text -> parse(blob, text));
    }

    private Optional<String> find(String name) {
        return store.catalog().read(transaction -> transaction.settings().find(name));
    }

    /// A recipe that cannot be read, because a newer Dray wrote it, is looked for again.
    private static Optional<GzipRecipe> parse(Digest blob, String text) {
        try {
            GzipRecipe recipe =
                    GzipRecipe.parse(RawBytes.copyOf(Base64.getDecoder().decode(text)));
            return Optional.of(recipe).filter(known -> known.digest().equals(blob));
        } catch (DrayException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public void found(GzipRecipe recipe) {
        String text = Base64.getEncoder().encodeToString(recipe.toBytes().toByteArray());
        store.catalog().change(transaction -> transaction.settings().put(RECIPE + recipe.digest(), text));
    }

    @Override
    public Optional<GzipRecipe> made(Digest diffId) {
        return find(MADE + diffId).map(Digest::parse).flatMap(this::recipe);
    }

    @Override
    public void made(Digest diffId, GzipRecipe recipe) {
        found(recipe);
        store.catalog()
                .change(transaction -> transaction
                        .settings()
                        .put(MADE + diffId, recipe.digest().toString()));
    }

    @Override
    public int triedInVain(Digest blob) {
        return find(VAIN + blob).map(Integer::parseInt).orElse(0);
    }

    @Override
    public void triedInVain(Digest blob, int encoders) {
        store.catalog().change(transaction -> transaction.settings().put(VAIN + blob, Integer.toString(encoders)));
    }
}
