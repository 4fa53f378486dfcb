package dev.dray.layer.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.layer.deflate.klauspost.KlauspostEra;
import dev.dray.layer.encoders.GoFamily;
import dev.dray.layer.encoders.KlauspostFamily;
import dev.dray.layer.encoders.PgzipFamily;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

public class EncoderFamiliesTest {
    private static final byte[] PLAIN = Blobs.plain((5 << 20) + 77, 51);

    public static Stream<EncoderId> encoders() {
        return Stream.of(
                KlauspostFamily.id(KlauspostEra.V1_18_2, 1),
                KlauspostFamily.id(KlauspostEra.V1_18_2, 6),
                KlauspostFamily.id(KlauspostEra.V1_18_2, 9),
                KlauspostFamily.id(KlauspostEra.V1_18_2, -2),
                KlauspostFamily.id(KlauspostEra.V1_20_4, 1),
                KlauspostFamily.id(KlauspostEra.V1_20_4, 9),
                PgzipFamily.id(KlauspostEra.V1_20_4, 5, 4 << 20),
                PgzipFamily.id(KlauspostEra.V1_15_10, 9, 3 << 20),
                Blobs.pigz(0, 128 << 10, false, false),
                Blobs.pigz(6, 2 << 20, false, false),
                PgzipFamily.id(KlauspostEra.V1_18_2, 5, 1 << 20),
                PgzipFamily.id(KlauspostEra.V1_18_2, 5, 256 << 10),
                PgzipFamily.id(KlauspostEra.V1_14_0, 5, 1 << 20),
                PgzipFamily.id(KlauspostEra.V1_18_2, 1, 1 << 20),
                Blobs.pigz(6, 128 << 10, false, false),
                Blobs.pigz(9, 128 << 10, false, false),
                Blobs.pigz(1, 512 << 10, false, false),
                Blobs.pigz(6, 128 << 10, true, false),
                Blobs.pigz(6, 128 << 10, false, true),
                Blobs.pigzSingle(1, 128 << 10),
                Blobs.gnuGzipRsyncable(6),
                Blobs.zlib(6, 8),
                Blobs.zlib(9, 8),
                Blobs.zlib(1, 9),
                Blobs.node(9, "18.20.8"),
                Blobs.node(1, "18.20.8"),
                Blobs.node(6, "12.22.12"),
                Blobs.gnuGzip(1),
                Blobs.gnuGzip(6));
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void everyEncoderIsFoundAgainAndProved(EncoderId encoder) throws IOException {
        Blobs.Scanned blob = Blobs.scan(Blobs.gzip(PLAIN, encoder));
        GzipRecipe recipe = blob.proven(2);
        assertThat(recipe.encoder().family()).isEqualTo(encoder.family());
        assertThat(recipe.encoder().parameters()).isEqualTo(encoder.parameters());
        assertThat(recipe.members().getFirst().runs()).hasSize(1);
        assertThat(Blobs.rebuild(recipe, blob.plain(), 2)).isEqualTo(blob.blob());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 13, 513, 1_424, 11_000, 31_000})
    void streamsThatEndShortlyBehindTheFirstMebibyteAreFound(int more) throws IOException {
        byte[] plain = Arrays.copyOf(PLAIN, (1 << 20) + more);
        for (EncoderId encoder : List.of(
                GoFamily.id(1),
                GoFamily.id(6),
                KlauspostFamily.id(KlauspostEra.V1_18_2, 3),
                KlauspostFamily.id(KlauspostEra.V1_18_2, 9),
                Blobs.zlib(6, 8),
                Blobs.gnuGzip(6))) {
            Blobs.Scanned blob = Blobs.scan(Blobs.gzip(plain, encoder));
            assertThat(blob.proven(1).encoder()).isEqualTo(encoder);
        }
    }

    @Test
    void contentBehindManyZerosTellsWhoMadeThem() throws IOException {
        byte[] plain = new byte[40 << 20];
        System.arraycopy(PLAIN, 0, plain, plain.length - 300_000, 300_000);
        for (EncoderId encoder : List.of(
                GoFamily.id(4), KlauspostFamily.id(KlauspostEra.V1_15_11, 2), Blobs.zlib(1, 9), Blobs.gnuGzip(3))) {
            Blobs.Scanned blob = Blobs.scan(Blobs.gzip(plain, encoder));
            assertThat(Blobs.rebuild(blob.proven(2), plain, 2)).isEqualTo(blob.blob());
        }
    }

    /// Where the data ends the blocks, their size shows only now and then; whatever size is found must make the
    /// blob.
    @Test
    void blocksOfAnySizeThatTheDataEndsAreFound() throws IOException {
        for (int blockSize : new int[] {64 << 10, 512 << 10, 1 << 20}) {
            Blobs.Scanned blob = Blobs.scan(Blobs.gzip(PLAIN, Blobs.pigz(9, blockSize, false, true)));
            assertThat(Blobs.rebuild(blob.proven(1), PLAIN, 1)).isEqualTo(blob.blob());
        }
    }

    @Test
    void framedStreamsCanBeBegunAtEachBlock() throws IOException {
        GzipRecipe small = Blobs.scan(Blobs.gzip(PLAIN, Blobs.pigz(6, 128 << 10, false, false)))
                .proven(2);
        assertThat(small.segments()).hasSizeGreaterThan(1).allMatch(Segment::restartable);
        GzipRecipe large = Blobs.scan(Blobs.gzip(PLAIN, PgzipFamily.id(KlauspostEra.V1_18_2, 5, 1 << 20)))
                .proven(2);
        assertThat(large.segments().stream().filter(Segment::restartable)).hasSizeBetween(4, 6);
    }

    @Test
    void framedStreamsOfWholeBlocksEndAsTheirToolsEndThem() throws IOException {
        for (int size : new int[] {0, 1 << 20, 2 << 20}) {
            byte[] plain = Arrays.copyOf(PLAIN, size);
            for (EncoderId encoder : new EncoderId[] {
                PgzipFamily.id(KlauspostEra.V1_18_2, 5, 1 << 20), Blobs.pigz(6, 128 << 10, false, false)
            }) {
                Blobs.Scanned blob = Blobs.scan(Blobs.gzip(plain, encoder));
                assertThat(Blobs.rebuild(blob.proven(1), plain, 1)).isEqualTo(blob.blob());
            }
        }
    }

    @Test
    void javaGzipIsZlib() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(PLAIN);
        }
        assertThat(Blobs.scan(out.toByteArray()).proven(1).encoder()).isEqualTo(Blobs.zlib(6, 8));
    }

    @Test
    void theHeaderOfPgzipIsNoReasonToDoubt() throws IOException {
        byte[] file = Blobs.gzip(PLAIN, PgzipFamily.id(KlauspostEra.V1_15_10, 5, 1 << 20));
        System.arraycopy(HexFormat.of().parseHex("1f8b080000096e8800ff"), 0, file, 0, 10);
        GzipRecipe recipe = Blobs.scan(file).proven(2);
        assertThat(recipe.encoder().family()).isEqualTo("pgzip");
        assertThat(recipe.members().getFirst().header().toByteArray()).startsWith(0x1f, 0x8b, 8, 0, 0, 9, 0x6e, 0x88);
    }
}
