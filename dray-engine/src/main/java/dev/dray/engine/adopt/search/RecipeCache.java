package dev.dray.engine.adopt.search;

import dev.dray.layer.recipe.GzipRecipe;
import dev.dray.model.Digest;
import dev.dray.store.Store;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Remembers the results of searches for layers of other engines, so that none is repeated. Thread safe.
public interface RecipeCache {
    /// The recipe of a blob.
    Optional<GzipRecipe> recipe(Digest blob);

    /// Remembers a recipe that has rebuilt its whole blob.
    void found(GzipRecipe recipe);

    /// The blob that was compressed here from a layer that never had one.
    Optional<GzipRecipe> made(Digest diffId);

    /// Keeps how a layer that never had a blob was encoded.
    void made(Digest diffId, GzipRecipe recipe);

    /// How many encoders have been tried at the blob in vain.
    int triedInVain(Digest blob);

    /// Remembers that so many encoders do not rebuild the blob.
    void triedInVain(Digest blob, int encoders);

    /// Remembers in Dray's own store.
    static RecipeCache in(Store store) {
        return new StoreRecipeCache(store);
    }

    /// Remembers as long as the process lives.
    static RecipeCache inMemory() {
        return new InMemory(new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
    }

    /// A memory of this process.
    record InMemory(
            ConcurrentMap<Digest, GzipRecipe> recipes,
            ConcurrentMap<Digest, GzipRecipe> ownRecipes,
            ConcurrentMap<Digest, Integer> vain)
            implements RecipeCache {
        @Override
        public Optional<GzipRecipe> recipe(Digest blob) {
            return Optional.ofNullable(recipes.get(blob));
        }

        @Override
        public void found(GzipRecipe recipe) {
            recipes.put(recipe.digest(), recipe);
        }

        @Override
        public Optional<GzipRecipe> made(Digest diffId) {
            return Optional.ofNullable(ownRecipes.get(diffId));
        }

        @Override
        public void made(Digest diffId, GzipRecipe recipe) {
            ownRecipes.put(diffId, recipe);
            recipes.put(recipe.digest(), recipe);
        }

        @Override
        public int triedInVain(Digest blob) {
            return vain.getOrDefault(blob, 0);
        }

        @Override
        public void triedInVain(Digest blob, int encoders) {
            vain.put(blob, encoders);
        }
    }
}
