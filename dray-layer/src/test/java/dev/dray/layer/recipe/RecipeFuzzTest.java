package dev.dray.layer.recipe;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;

/// Any bytes, with a good check put behind them, are a recipe or refused.
class RecipeFuzzTest {
    @FuzzTest(maxDuration = "20s")
    void readsOrRefuses(byte[] body) {
        parse(RecipeEnvelope.GZIP, body);
    }

    @FuzzTest(maxDuration = "10s")
    void readsOrRefusesPlain(byte[] body) {
        parse(RecipeEnvelope.PLAIN, body);
    }

    private static void parse(int kind, byte[] body) {
        RawBytes stored = RecipeEnvelope.seal(kind, body);
        try {
            BlobRecipe recipe = BlobRecipe.parse(stored);
            if (!BlobRecipe.parse(recipe.toBytes()).equals(recipe)) {
                throw new AssertionError("another recipe comes back");
            }
        } catch (DrayException refused) {
            refused.kind();
        }
    }
}
