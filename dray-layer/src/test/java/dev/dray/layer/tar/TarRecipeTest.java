package dev.dray.layer.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.layer.tar.recipe.RecipeFormat;
import dev.dray.layer.tar.recipe.TarPiece;
import dev.dray.layer.tar.recipe.TarRecipeReader;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TarRecipeTest {
    /// Every recipe begins so; spelled out here, since it never changes.
    private static final byte[] MAGIC = "dray-tar".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private static final Splitting SPLIT = Splitting.of(new TarBytes()
            .file("a", TarBytes.noise(1000, 1))
            .entry("b", '5', new byte[0])
            .pax('x', TarBytes.record("mtime", "1234567890.123456789"))
            .file("c", TarBytes.noise(2000, 2))
            .end()
            .add(TarBytes.noise(100, 3))
            .bytes());

    @Test
    void everyFlippedBitIsFound() {
        byte[] recipe = SPLIT.recipe();
        for (int bit = 0; bit < 8 * recipe.length; bit++) {
            byte[] flipped = recipe.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);

            assertThatThrownBy(() -> assemble(flipped, Long.MAX_VALUE))
                    .as("bit %d", bit)
                    .isInstanceOfSatisfying(
                            DrayException.class,
                            failure -> assertThat(failure.kind()).isIn(Kind.CORRUPT, Kind.UNSUPPORTED));
        }
    }

    @Test
    void everyTruncationIsFound() {
        for (int length = 0; length < SPLIT.recipe().length; length++) {
            byte[] truncated = Arrays.copyOf(SPLIT.recipe(), length);

            assertThatThrownBy(() -> assemble(truncated, Long.MAX_VALUE)).satisfies(isOf(Kind.CORRUPT));
        }
    }

    @Test
    void bytesBehindTheEndAreRefused() {
        byte[] longer = Arrays.copyOf(SPLIT.recipe(), SPLIT.recipe().length + 1);

        assertThatThrownBy(() -> assemble(longer, Long.MAX_VALUE))
                .satisfies(isOf(Kind.CORRUPT))
                .hasMessage("tar recipe is corrupt: there is more behind its end");
    }

    @Test
    void newerVersionIsRefusedByName() {
        byte[] newer = SPLIT.recipe().clone();
        newer[MAGIC.length] = 2;

        assertThatThrownBy(() -> assemble(newer, Long.MAX_VALUE))
                .satisfies(isOf(Kind.UNSUPPORTED))
                .hasMessage("tar recipe has version 2, and only version 1 is known: use a newer dray");
    }

    @Test
    void nothingIsWrittenBeyondTheLimit() {
        assertThatThrownBy(() -> assemble(SPLIT.recipe(), SPLIT.stream().length - 1L))
                .satisfies(isOf(Kind.TOO_LARGE));
        assertThat(assembles(SPLIT.recipe(), SPLIT.stream().length)).isTrue();
    }

    @Test
    void damagedContentIsFoundAtTheEnd() {
        Splitting split = Splitting.of(SPLIT.stream());
        Map.Entry<Digest, byte[]> content =
                split.contents().all().entrySet().iterator().next();
        content.getValue()[0]++;

        assertThatThrownBy(split::rebuild).satisfies(isOf(Kind.CORRUPT)).hasMessageContaining("a content is damaged");
    }

    @Test
    void contentOfAnotherLengthIsFound() {
        Splitting split = Splitting.of(SPLIT.stream());
        split.contents().all().replaceAll((digest, bytes) -> Arrays.copyOf(bytes, bytes.length - 1));

        assertThatThrownBy(split::rebuild).satisfies(isOf(Kind.CORRUPT)).hasMessageContaining("less than its");
        split.contents().all().replaceAll((digest, bytes) -> Arrays.copyOf(bytes, bytes.length + 2));
        assertThatThrownBy(split::rebuild).satisfies(isOf(Kind.CORRUPT)).hasMessageContaining("more than its");
    }

    @Test
    void readerTellsWhatTheWholeIs() throws IOException {
        TarRecipeReader reader = new TarRecipeReader(new ByteArrayInputStream(SPLIT.recipe()));
        long size = 0;
        for (Optional<TarPiece> piece = reader.next(); piece.isPresent(); piece = reader.next()) {
            assertThat(reader.summary()).isEmpty();
            size += piece.get().size();
        }

        assertThat(size).isEqualTo(SPLIT.stream().length);
        assertThat(reader.summary()).contains(SPLIT.summary());
    }

    @Test
    void manyBlocksCarryTheirPredictionsOver() {
        TarBytes tar = new TarBytes();
        for (int i = 0; i < 20_000; i++) {
            tar.file("usr/share/doc/package-%d/%d".formatted(i / 10, i * 7919), TarBytes.noise(20, i));
        }

        Splitting split = Splitting.of(tar.end().bytes()).verify();

        assertThat(split.recipe().length).isGreaterThan(RecipeFormat.FULL_BLOCK).isLessThan(20_000 * 30);
    }

    private static boolean assembles(byte[] recipe, long limit) {
        try {
            assemble(recipe, limit);
            return true;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assemble(byte[] recipe, long limit) throws IOException {
        TarAssembler.assemble(
                new ByteArrayInputStream(recipe), SPLIT.contents(), OutputStream.nullOutputStream(), limit);
    }

    private static Consumer<Throwable> isOf(Kind kind) {
        return failure -> assertThat(failure)
                .isInstanceOfSatisfying(
                        DrayException.class, dray -> assertThat(dray.kind()).isEqualTo(kind));
    }
}
