package dev.dray.layer.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.layer.deflate.klauspost.KlauspostEra;
import dev.dray.layer.encoders.GoFamily;
import dev.dray.layer.encoders.PgzipFamily;
import dev.dray.layer.recipe.Blobs;
import dev.dray.layer.recipe.EncoderFamiliesTest;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.layer.recipe.GzipRecipe;
import dev.dray.layer.recipe.Segment;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GzipAttemptTest {
    private static final byte[] PLAIN = Blobs.plain((5 << 20) + 77, 52);
    private static final RawBytes GO = header("1f8b08000000000000ff");
    private static final RawBytes NAMED = header("1f8b08080000000002036c617965722e74617200");

    private static RawBytes header(String hex) {
        return RawBytes.copyOf(HexFormat.of().parseHex(hex));
    }

    static Stream<EncoderId> encoders() {
        return EncoderFamiliesTest.encoders();
    }

    private static Optional<GzipRecipe> attempt(EncoderId encoder, byte[] plain, GzipTarget target, RawBytes... headers)
            throws IOException {
        try (GzipAttempt attempt = new GzipAttempt(Blobs.CATALOG, encoder, List.of(headers), plain.length, target)) {
            for (int at = 0; at < plain.length; at += 100_000) {
                if (!attempt.write(plain, at, Math.min(100_000, plain.length - at))) {
                    return Optional.empty();
                }
            }
            return attempt.finish();
        }
    }

    private static GzipTarget target(byte[] blob) {
        return GzipTarget.of(Digest.sha256(blob), OptionalLong.of(blob.length));
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void theRightEncoderGivesARecipeThatRebuildsTheBlob(EncoderId encoder) throws IOException {
        byte[] blob = Blobs.gzip(PLAIN, encoder);
        GzipRecipe recipe = attempt(encoder, PLAIN, target(blob), GO).orElseThrow();
        assertThat(GzipRecipe.parse(recipe.toBytes())).isEqualTo(recipe);
        assertThat(Blobs.rebuild(recipe, PLAIN, 2)).isEqualTo(blob);
        assertThat(recipe.segments()).allMatch(segment -> segment.length() <= 2 << 20);
    }

    @Test
    void checkpointsLetTheRecipeBeRebuiltInParts() throws IOException {
        EncoderId go = GoFamily.id(6);
        GzipRecipe recipe =
                attempt(go, PLAIN, target(Blobs.gzip(PLAIN, go)), GO).orElseThrow();
        assertThat(recipe.segments()).hasSizeGreaterThan(2).allMatch(Segment::restartable);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1 << 20, 2 << 20})
    void framedStreamsOfWholeBlocksEndAsTheirToolsEndThem(int size) throws IOException {
        byte[] plain = Arrays.copyOf(PLAIN, size);
        for (EncoderId encoder :
                List.of(PgzipFamily.id(KlauspostEra.V1_18_2, 5, 1 << 20), Blobs.pigz(6, 128 << 10, false, false))) {
            byte[] blob = Blobs.gzip(plain, encoder);
            GzipRecipe recipe = attempt(encoder, plain, target(blob), GO).orElseThrow();
            assertThat(Blobs.rebuild(recipe, plain, 1)).isEqualTo(blob);
        }
    }

    @Test
    void oneAttemptTriesEveryHeader() throws IOException {
        EncoderId encoder = Blobs.zlib(6, 8);
        byte[] blob = Blobs.gzip(PLAIN, encoder);
        byte[] named = Blobs.concat(NAMED.toByteArray(), Arrays.copyOfRange(blob, GO.size(), blob.length));
        GzipRecipe recipe = attempt(encoder, PLAIN, target(named), GO, NAMED).orElseThrow();
        assertThat(recipe.members().getFirst().header()).isEqualTo(NAMED);
        assertThat(Blobs.rebuild(recipe, PLAIN, 1)).isEqualTo(named);
    }

    @Test
    void anAttemptEndsAtTheKnownSize() throws IOException {
        byte[] blob = Blobs.gzip(PLAIN, GoFamily.id(6));
        GzipTarget smaller = GzipTarget.of(Digest.sha256(blob), OptionalLong.of(blob.length / 2));
        try (GzipAttempt attempt = new GzipAttempt(Blobs.CATALOG, GoFamily.id(6), List.of(GO), PLAIN.length, smaller)) {
            int at = 0;
            while (attempt.write(PLAIN, at, 1 << 16)) {
                at += 1 << 16;
            }
            assertThat(at).isBetween(PLAIN.length / 4, PLAIN.length * 3 / 4);
            assertThat(attempt.finish()).isEmpty();
        }
    }

    @Test
    void anAttemptEndsWhereItsBytesDiffer() throws IOException {
        byte[] blob = Blobs.gzip(PLAIN, GoFamily.id(6));
        GzipTarget known = GzipTarget.of(Digest.sha256(blob), OptionalLong.empty())
                .beginningWith(RawBytes.copyOf(Arrays.copyOf(blob, 64 << 10)));
        assertThat(attempt(GoFamily.id(6), PLAIN, known, GO)).isPresent();
        try (GzipAttempt attempt = new GzipAttempt(Blobs.CATALOG, GoFamily.id(5), List.of(GO), PLAIN.length, known)) {
            assertThat(attempt.write(PLAIN, 0, 1 << 20)).isFalse();
        }
    }

    @Test
    void aBlobThatNeverWasIsWhatItsEncoderMakes() throws IOException {
        EncoderId encoder = PgzipFamily.id(KlauspostEra.V1_18_2, 5, 1 << 20);
        GzipRecipe recipe = attempt(encoder, PLAIN, GzipTarget.any(), GO).orElseThrow();
        assertThat(recipe.digest()).isEqualTo(Digest.sha256(Blobs.gzip(PLAIN, encoder)));
    }

    @Test
    void anotherEncoderIsNotClaimed() throws IOException {
        byte[] blob = Blobs.gzip(PLAIN, GoFamily.id(6));
        GzipTarget unsized = GzipTarget.of(Digest.sha256(blob), OptionalLong.empty());
        assertThat(attempt(Blobs.zlib(6, 8), PLAIN, unsized, GO)).isEmpty();
        assertThat(attempt(GoFamily.id(6), PLAIN, unsized, NAMED)).isEmpty();
    }

    @Test
    void otherPlainBytesAreNotClaimed() throws IOException {
        byte[] blob = Blobs.gzip(PLAIN, GoFamily.id(6));
        byte[] changed = PLAIN.clone();
        changed[3_000_000] ^= 1;
        assertThat(attempt(GoFamily.id(6), changed, target(blob), GO)).isEmpty();
    }

    @Test
    void morePlainBytesThanAnnouncedAreRefused() throws IOException {
        try (GzipAttempt attempt =
                new GzipAttempt(Blobs.CATALOG, GoFamily.id(6), List.of(GO), 10, target(new byte[0].clone()))) {
            assertThatThrownBy(() -> attempt.write(PLAIN, 0, 11))
                    .isInstanceOfSatisfying(
                            DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.CORRUPT));
        }
    }
}
