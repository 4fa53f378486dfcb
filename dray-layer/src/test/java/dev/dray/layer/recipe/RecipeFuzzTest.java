package dev.dray.layer.recipe;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.dray.layer.deflate.klauspost.KlauspostEra;
import dev.dray.layer.encoders.KlauspostFamily;
import dev.dray.layer.encoders.PgzipFamily;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/// Any bytes, with a good check put behind them, are a recipe or refused.
class RecipeFuzzTest {
    private static final List<Integer> LEVELS = List.of(-2, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);

    /// A recipe that names some era of klauspost at some level, right or wrong, makes its blob or is refused.
    @FuzzTest(maxDuration = "20s")
    void anyEraAtAnyLevelRebuildsOrIsRefused(FuzzedDataProvider data) throws IOException {
        EncoderId made = id(data);
        EncoderId named = data.consumeBoolean() ? made : id(data);
        byte[] plain = data.consumeRemainingAsBytes();
        try {
            Blobs.Scanned blob = Blobs.scan(Blobs.gzip(plain, made));
            GzipRecipe recipe = renamed(blob.proven(1), named);
            byte[] rebuilt = Blobs.rebuild(GzipRecipe.parse(recipe.toBytes()), plain, 1);
            if (!Arrays.equals(rebuilt, blob.blob())) {
                throw new AssertionError("%s gives other bytes than %s".formatted(named, made));
            }
        } catch (DrayException refused) {
            refused.kind();
        }
    }

    private static EncoderId id(FuzzedDataProvider data) {
        KlauspostEra era = data.pickValue(KlauspostEra.values());
        int level = data.pickValue(LEVELS);
        return data.consumeBoolean()
                ? KlauspostFamily.id(era, level)
                : PgzipFamily.id(era, level, data.consumeInt(PgzipFamily.SMALLEST_BLOCK, 1 << 20));
    }

    private static GzipRecipe renamed(GzipRecipe recipe, EncoderId encoder) {
        List<RecipeMember> members = recipe.members().stream()
                .map(member -> new RecipeMember(
                        member.header(),
                        member.deflateLength(),
                        member.plainLength(),
                        member.trailer(),
                        List.of(new EncoderRun(0, encoder))))
                .toList();
        return new GzipRecipe(
                recipe.digest(), recipe.size(), recipe.plainSize(), members, recipe.trailing(), recipe.segments());
    }

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
