package dev.dray.layer.recipe;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import java.util.Arrays;

/// Any bytes, with a good check put behind them, are a recipe or refused.
class RecipeFuzzTest {
    private static final byte[] BEGINNING = {'G', 'Z', 'R', 1, 1};

    @FuzzTest(maxDuration = "20s")
    void readsOrRefuses(byte[] body) {
        byte[] stored = Arrays.copyOf(BEGINNING, BEGINNING.length + body.length + 8);
        System.arraycopy(body, 0, stored, BEGINNING.length, body.length);
        try {
            GzipRecipe.parse(RawBytes.copyOf(GzipRecipeTest.checked(stored))).toBytes();
        } catch (DrayException refused) {
            refused.kind();
        }
    }
}
