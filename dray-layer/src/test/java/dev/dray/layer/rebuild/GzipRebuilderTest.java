package dev.dray.layer.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.layer.deflate.go.Sample;
import dev.dray.layer.recipe.Blobs;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.layer.recipe.EncoderId.Parameters;
import dev.dray.layer.recipe.EncoderRun;
import dev.dray.layer.recipe.GzipRecipe;
import dev.dray.layer.recipe.RecipeMember;
import dev.dray.model.ByteSource;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipRebuilderTest {
    private static final byte[] PLAIN = Blobs.plain(6 << 20, 21);

    @ParameterizedTest
    @ValueSource(ints = {1, 6})
    void givesAnyRange(int level) throws IOException {
        Blobs.Scanned blob = Blobs.scan(Blobs.go(PLAIN, level), Blobs.go(Sample.mixed(9_000, 1), level), new byte[7]);
        GzipRecipe recipe = blob.proven(1);
        Random random = new Random(level);
        for (int round = 0; round < 25; round++) {
            int from = random.nextInt(blob.blob().length + 1);
            int to = from + random.nextInt(blob.blob().length - from + 1);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            new GzipRebuilder(Blobs.CATALOG, 2)
                    .rebuild(recipe, ByteSource.of(blob.plain()), from, (long) to - from, out);
            assertThat(out.toByteArray()).isEqualTo(Arrays.copyOfRange(blob.blob(), from, to));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void damagedPlainBytesNeverGiveWrongOnes(int workers) throws IOException {
        Blobs.Scanned blob = Blobs.scan(Blobs.go(PLAIN, 6));
        GzipRecipe recipe = blob.proven(1);
        byte[] damaged = PLAIN.clone();
        damaged[4 << 20] ^= 1;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertKind(
                Kind.CORRUPT,
                () -> new GzipRebuilder(Blobs.CATALOG, workers).rebuild(recipe, ByteSource.of(damaged), out));
        assertThat(out.size()).isPositive().isLessThan(blob.blob().length);
        assertThat(out.toByteArray()).isEqualTo(Arrays.copyOf(blob.blob(), out.size()));
    }

    @Test
    void missingPlainBytesAreCorrupt() throws IOException {
        GzipRecipe recipe = Blobs.scan(Blobs.go(PLAIN, 1)).proven(1);
        assertKind(Kind.CORRUPT, () -> Blobs.rebuild(recipe, Arrays.copyOf(PLAIN, PLAIN.length - 1), 1));
    }

    @Test
    void theLastSegmentStaysBackWhenTheWholeDigestIsWrong() throws IOException {
        Blobs.Scanned blob = Blobs.scan(Blobs.go(PLAIN, 6));
        GzipRecipe recipe = blob.proven(1);
        GzipRecipe other = new GzipRecipe(
                Digest.sha256(new byte[0]),
                recipe.size(),
                recipe.plainSize(),
                recipe.members(),
                recipe.trailing(),
                recipe.segments());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertKind(Kind.CORRUPT, () -> new GzipRebuilder(Blobs.CATALOG, 2).rebuild(other, ByteSource.of(PLAIN), out));
        assertThat(out.size()).isEqualTo((int) recipe.segments().getLast().offset());
    }

    @Test
    void unknownEncodersAreRefused() throws IOException {
        GzipRecipe recipe = Blobs.scan(Blobs.go(Arrays.copyOf(PLAIN, 1_000), 6)).proven(1);
        for (EncoderId unknown : List.of(
                new EncoderId("lzma", "1", 1, Parameters.level(6)),
                new EncoderId("go", "1.99", 1, Parameters.level(6)),
                new EncoderId("go", "1.8", 2, Parameters.level(6)),
                new EncoderId("go", "1.8", 1, Parameters.level(11)),
                new EncoderId("go", "1.8", 1, Parameters.blocks(6, 1_024, 0)))) {
            RecipeMember member = recipe.members().getFirst();
            GzipRecipe other = new GzipRecipe(
                    recipe.digest(),
                    recipe.size(),
                    recipe.plainSize(),
                    List.of(new RecipeMember(
                            member.header(),
                            member.deflateLength(),
                            member.plainLength(),
                            member.trailer(),
                            List.of(new EncoderRun(0, unknown)))),
                    recipe.trailing(),
                    recipe.segments());
            GzipRecipe stored = GzipRecipe.parse(other.toBytes());
            assertKind(Kind.UNSUPPORTED, () -> Blobs.rebuild(stored, PLAIN, 1));
        }
    }

    private static void assertKind(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
