package dev.dray.layer.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.layer.deflate.Checkpoint;
import dev.dray.layer.deflate.ResumableEncoder;
import dev.dray.layer.deflate.go.GoDeflate;
import dev.dray.layer.deflate.go.Sample;
import dev.dray.layer.encoders.EncoderCatalog;
import dev.dray.layer.encoders.GoFamily;
import dev.dray.layer.recipe.Blobs;
import dev.dray.layer.recipe.CountedPlain;
import dev.dray.layer.recipe.EncoderRun;
import dev.dray.layer.recipe.GzipRecipe;
import dev.dray.layer.recipe.NearRelatives;
import dev.dray.layer.recipe.Segment;
import dev.dray.layer.recipe.WrongEnd;
import dev.dray.model.ByteSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipProverTest {
    private static final byte[] PLAIN = Blobs.plain(6 << 20, 11);

    @ParameterizedTest
    @ValueSource(ints = {-2, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void findsAndProvesEveryLevelOfGo(int level) throws IOException {
        Blobs.Scanned blob = Blobs.scan(Blobs.go(PLAIN, level));
        GzipRecipe recipe = blob.proven(2);
        assertThat(recipe.encoder()).isEqualTo(GoFamily.id(level));
        assertThat(Blobs.rebuild(recipe, blob.plain(), 2)).isEqualTo(blob.blob());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, 17, 127, 128, 65_535, 65_536, 1 << 20})
    void provesBlobsOfEverySize(int size) throws IOException {
        Blobs.Scanned blob = Blobs.scan(Blobs.go(Arrays.copyOf(PLAIN, size), 6));
        assertThat(Blobs.rebuild(blob.proven(1), blob.plain(), 1)).isEqualTo(blob.blob());
    }

    @Test
    void oneWorkerAndManyWriteTheSameRecipe() throws IOException {
        Blobs.Scanned blob = Blobs.scan(Blobs.go(PLAIN, 6));
        GzipRecipe recipe = blob.proven(1);
        assertThat(recipe).isEqualTo(blob.proven(3));
        assertThat(recipe.segments()).hasSizeGreaterThan(2).allMatch(Segment::restartable);
    }

    @Test
    void levelsWithoutCheckpointsAreCheckedBySegmentsAllTheSame() throws IOException {
        GzipRecipe recipe = Blobs.scan(Blobs.go(PLAIN, 1)).proven(2);
        assertThat(recipe.segments()).hasSizeGreaterThan(2);
        assertThat(recipe.segments().stream().filter(Segment::restartable)).hasSize(1);
    }

    @Test
    void provesManyMembersOfDifferentLevelsWithGarbageBehind() throws IOException {
        Blobs.Scanned blob = Blobs.scan(
                Blobs.go(Arrays.copyOf(PLAIN, 3 << 20), 6),
                Blobs.go(new byte[0], 6),
                Blobs.go(Sample.mixed(90_000, 3), 1),
                Blobs.go(Blobs.plain(3 << 20, 4), 9),
                new byte[1_000],
                new byte[] {1, 2, 3});
        GzipRecipe recipe = blob.proven(2);
        assertThat(recipe.members()).hasSize(4);
        assertThat(recipe.members().getLast().runs().getFirst().encoder()).isEqualTo(GoFamily.id(9));
        assertThat(Blobs.rebuild(recipe, blob.plain(), 2)).isEqualTo(blob.blob());
    }

    @Test
    void keepsAWrongTrailer() throws IOException {
        byte[] file = Blobs.go(Arrays.copyOf(PLAIN, 50_000), 6);
        file[file.length - 6] ^= 0x55;
        Blobs.Scanned blob = Blobs.scan(file);
        assertThat(Blobs.rebuild(blob.proven(1), blob.plain(), 1)).isEqualTo(file);
    }

    @Test
    void anEncoderThatChangesInMidStreamIsOverriddenFromThere() throws IOException {
        Blobs.Scanned first = Blobs.scan(Blobs.go(PLAIN, 6));
        Segment second = first.proven(1).segments().get(1);
        assertThat(second.restart()).isInstanceOf(Segment.Restart.Inside.class);
        Checkpoint checkpoint = ((Segment.Restart.Inside) second.restart()).checkpoint();
        byte[] begun = Arrays.copyOfRange(first.blob(), 10, (int) second.offset());
        Blobs.Scanned blob = Blobs.scan(Blobs.member(Blobs.concat(begun, resumed(checkpoint, 4)), PLAIN));
        GzipRecipe recipe = blob.proven(2);
        assertThat(recipe.members().getFirst().runs())
                .containsExactly(
                        new EncoderRun(0, GoFamily.id(6)), new EncoderRun(checkpoint.plainPosition(), GoFamily.id(4)));
        assertThat(Blobs.rebuild(recipe, PLAIN, 2)).isEqualTo(blob.blob());
    }

    private static byte[] resumed(Checkpoint checkpoint, int level) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = (int) checkpoint.plainPosition();
        try (ResumableEncoder encoder = GoDeflate.resume(level, checkpoint, Arrays.copyOf(PLAIN, at), out)) {
            encoder.write(PLAIN, at, PLAIN.length - at);
            encoder.finish();
        }
        return out.toByteArray();
    }

    @Test
    void aBlobOfNoKnownEncoderIsKeptVerbatim() throws IOException {
        byte[] file = Blobs.go(PLAIN, 6);
        EncoderCatalog empty = new EncoderCatalog(List.of());
        assertThat(Blobs.scan(file).prove(empty, 1)).isInstanceOf(ProofOutcome.Verbatim.class);
    }

    @Test
    void anEncoderThatFitsOnlyAtTheBeginningIsNoProof() throws IOException {
        byte[] begun = Blobs.go(PLAIN, 1);
        Blobs.Scanned scanned = Blobs.scan(begun);
        byte[] otherPlain = scanned.plain().clone();
        otherPlain[otherPlain.length - 1] ^= 1;
        ProofOutcome outcome =
                new GzipProver(Blobs.CATALOG, 2).prove(scanned.scan(), ByteSource.of(begun), ByteSource.of(otherPlain));
        assertThat(outcome).isInstanceOf(ProofOutcome.Verbatim.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1_000, -1, 1, 1_000})
    void anEncoderThatEndsTooEarlyOrTooLateGivesWayToTheNext(int more) throws IOException {
        Blobs.Scanned blob = Blobs.scan(Blobs.go(PLAIN, 6));
        WrongEnd wrong = new WrongEnd(more);

        assertThat(blob.prove(new EncoderCatalog(List.of(wrong)), 2)).isInstanceOf(ProofOutcome.Verbatim.class);
        assertThat(blob.prove(new EncoderCatalog(List.of(wrong, new GoFamily())), 2))
                .isInstanceOfSatisfying(
                        ProofOutcome.Exact.class,
                        exact -> assertThat(exact.recipe().encoder()).isEqualTo(GoFamily.id(6)));
    }

    @Test
    void relativesThatGoWrongLateAreGivenUpAfterAFewTimesTheWorkOfOne() throws IOException {
        Blobs.Scanned blob = Blobs.scan(Blobs.go(PLAIN, 0));
        EncoderCatalog relatives = new EncoderCatalog(List.of(new NearRelatives(64, PLAIN.length - 100)));
        ProofOutcome outcome = blob.prove(relatives, 2);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        ProofOutcome.Verbatim.class,
                        verbatim -> assertThat(verbatim.reason())
                                .matches("\"near 1 level 0\" ceases to fit in member 0;"
                                        + " given up after 1[0-9] attempts that read [0-9]+ MiB"));
    }

    @Test
    void aWrongEncoderIsStoppedAtItsFirstWrongByte() throws IOException {
        Blobs.Scanned blob = Blobs.scan(Blobs.go(PLAIN, 0));
        EncoderCatalog relatives = new EncoderCatalog(List.of(new NearRelatives(64, 400_000)));
        CountedPlain plain = new CountedPlain(PLAIN);
        ProofOutcome outcome = new GzipProver(relatives, 2).prove(blob.scan(), ByteSource.of(blob.blob()), plain);
        assertThat(outcome).isEqualTo(new ProofOutcome.Verbatim("\"near 1 level 0\" ceases to fit in member 0"));
        assertThat(plain.opened()).hasSize(1 + 64 + 63);
    }

    @Test
    void identifiesWithoutAProof() throws IOException {
        Blobs.Scanned blob = Blobs.scan(Blobs.go(PLAIN, 9));
        assertThat(new GzipProver(Blobs.CATALOG, 1)
                        .identify(blob.scan(), ByteSource.of(blob.blob()), ByteSource.of(PLAIN)))
                .contains(GoFamily.id(9));
        assertThat(blob.scan().features(0).shortestMatch()).isEqualTo(4);
    }
}
