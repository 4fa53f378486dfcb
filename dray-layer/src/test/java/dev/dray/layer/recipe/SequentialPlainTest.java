package dev.dray.layer.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.layer.deflate.klauspost.KlauspostEra;
import dev.dray.layer.encoders.GoFamily;
import dev.dray.layer.encoders.KlauspostFamily;
import dev.dray.layer.encoders.PgzipFamily;
import dev.dray.layer.prove.GzipProver;
import dev.dray.layer.prove.ProofOutcome;
import dev.dray.layer.rebuild.BlobRebuilder;
import dev.dray.layer.rebuild.PlainBytes;
import dev.dray.layer.rebuild.ReadAhead;
import dev.dray.model.ByteSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The plain bytes of a packed layer are dear to open, so a run opens them once.
class SequentialPlainTest {
    private static final byte[] PLAIN = Blobs.plain(9 << 20, 71);

    static Stream<EncoderId> encoders() {
        return Stream.of(
                GoFamily.id(1),
                GoFamily.id(6),
                KlauspostFamily.id(KlauspostEra.V1_18_2, 6),
                PgzipFamily.id(KlauspostEra.V1_18_2, 5, 1 << 20),
                Blobs.pigz(6, 128 << 10, false, false),
                Blobs.zlib(1, 8));
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void rebuildingOpensThePlainBytesOnce(EncoderId encoder) throws IOException {
        Blobs.Scanned blob =
                Blobs.scan(Blobs.gzip(PLAIN, encoder), Blobs.gzip(Arrays.copyOf(PLAIN, 1_000), encoder), new byte[9]);
        GzipRecipe recipe = blob.proven(2);
        for (int workers = 1; workers <= 3; workers++) {
            CountedPlain plain = new CountedPlain(blob.plain());
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            new BlobRebuilder(Blobs.CATALOG, workers).rebuild(recipe, plain, out);
            assertThat(out.toByteArray()).isEqualTo(blob.blob());
            assertThat(plain.opened()).containsExactly(0L);
        }
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void provingOpensThePlainBytesTwice(EncoderId encoder) throws IOException {
        Blobs.Scanned blob = Blobs.scan(Blobs.gzip(PLAIN, encoder));
        CountedPlain plain = new CountedPlain(blob.plain());
        ProofOutcome outcome = new GzipProver(Blobs.CATALOG, 2).prove(blob.scan(), ByteSource.of(blob.blob()), plain);
        assertThat(outcome).isInstanceOf(ProofOutcome.Exact.class);
        assertThat(plain.opened()).containsExactly(0L, 0L);
    }

    @Test
    void aBlobOfManyMembersIsProvedWithoutOpeningEachOfThem() throws IOException {
        Random random = new Random(72);
        byte[][] members = new byte[200][];
        for (int i = 0; i < members.length; i++) {
            int from = random.nextInt(PLAIN.length - 30_000);
            members[i] = Blobs.go(Arrays.copyOfRange(PLAIN, from, from + random.nextInt(30_000)), 9);
        }
        Blobs.Scanned blob = Blobs.scan(members);
        CountedPlain plain = new CountedPlain(blob.plain());
        new GzipProver(Blobs.CATALOG, 2).prove(blob.scan(), ByteSource.of(blob.blob()), plain);
        assertThat(plain.opened()).containsExactly(0L, 0L);
    }

    @Test
    void aRangeIsReadFromWhereItsStretchBegins() throws IOException {
        Blobs.Scanned blob = Blobs.scan(Blobs.go(PLAIN, 6));
        GzipRecipe recipe = blob.proven(2);
        Segment second = recipe.segments().get(1);
        CountedPlain plain = new CountedPlain(PLAIN);
        new BlobRebuilder(Blobs.CATALOG, 2)
                .rebuild(recipe, plain, second.offset() + 5, 10, OutputStream.nullOutputStream());
        long checkpoint =
                ((Segment.Restart.Inside) second.restart()).checkpoint().plainPosition();
        assertThat(plain.opened()).containsExactly(checkpoint - (32 << 10));
    }

    /// Where a MiB of the blob is many of the layer, a stretch of it is not held in memory.
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void veryWellCompressedStretchesAreMadeAsTheyAreRead(int workers) throws IOException {
        byte[] plain = new byte[40 << 20];
        byte[] noise = Blobs.plain(3 << 20, 73);
        System.arraycopy(noise, 0, plain, 0, 1 << 20);
        System.arraycopy(noise, 1 << 20, plain, plain.length - (2 << 20), 2 << 20);
        Blobs.Scanned blob = Blobs.scan(Blobs.gzip(plain, PgzipFamily.id(KlauspostEra.V1_18_2, 5, 1 << 20)));
        GzipRecipe recipe = blob.proven(workers);
        CountedPlain counted = new CountedPlain(plain);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new BlobRebuilder(Blobs.CATALOG, workers).rebuild(recipe, counted, out);
        assertThat(out.toByteArray()).isEqualTo(blob.blob());
        assertThat(counted.opened()).containsExactly(0L);
    }

    @Test
    void plainBytesGoBackALittleForNothing() throws IOException {
        CountedPlain counted = new CountedPlain(PLAIN);
        try (PlainBytes bytes = new PlainBytes(counted)) {
            Random random = new Random(74);
            int end = 0;
            for (int round = 0; round < 150; round++) {
                int at = Math.max(0, end - random.nextInt(150_000));
                int count = random.nextInt(100_000);
                bytes.moveTo(at);
                assertThat(bytes.readNBytes(count)).isEqualTo(Arrays.copyOfRange(PLAIN, at, at + count));
                end = Math.max(end, at + count);
            }
            bytes.moveTo(end + 100_000L);
            assertThat(bytes.read()).isEqualTo(PLAIN[end + 100_000] & 0xff);
            assertThat(counted.opened()).containsExactly(0L);
            bytes.moveTo(3);
            assertThat(bytes.read()).isEqualTo(PLAIN[3] & 0xff);
            assertThat(counted.opened()).containsExactly(0L, 3L);
            bytes.moveTo(PLAIN.length + 5L);
            assertThat(bytes.read()).isEqualTo(-1);
        }
    }

    @Test
    void handedBytesGoOnWhereTheyEnd() throws IOException {
        CountedPlain counted = new CountedPlain(PLAIN);
        try (ReadAhead bytes = new ReadAhead(Arrays.copyOfRange(PLAIN, 100, 250), 100, counted, 100)) {
            assertThat(bytes.read()).isEqualTo(PLAIN[100] & 0xff);
            assertThat(bytes.readNBytes(PLAIN.length)).isEqualTo(Arrays.copyOfRange(PLAIN, 101, PLAIN.length));
            assertThat(bytes.read()).isEqualTo(-1);
            assertThat(counted.opened()).containsExactly(200L);
        }
    }
}
