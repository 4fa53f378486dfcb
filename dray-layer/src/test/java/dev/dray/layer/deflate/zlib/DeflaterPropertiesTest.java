package dev.dray.layer.deflate.zlib;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.layer.deflate.DeflateEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// The zlib of the JDK as oracle.
class DeflaterPropertiesTest {
    @Property(tries = 300)
    void zlibGivesTheBytesOfTheJdkHoweverItIsFed(
            @ForAll SampleInputs.Kind kind,
            @ForAll long seed,
            @ForAll @IntRange(max = 150_000) int size,
            @ForAll @IntRange(min = 1, max = 9) int level,
            @ForAll @IntRange(min = 1, max = 70_000) int largestWrite)
            throws IOException {
        byte[] plain = kind.make(seed, size);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflateEncoder encoder = ZlibEncoders.zlib(level, ZlibEncoders.MEMORY_LEVEL, out)) {
            feed(encoder, plain, seed, largestWrite);
        }
        assertThat(out.toByteArray()).isEqualTo(deflated(plain, level));
    }

    @Property(tries = 200)
    void levelZeroGivesTheBytesOfOneCall(
            @ForAll long seed,
            @ForAll @IntRange(max = 3) int blocks,
            @ForAll @IntRange(min = -2, max = 2) int more,
            @ForAll @IntRange(min = 1, max = 70_000) int largestWrite)
            throws IOException {
        byte[] plain = SampleInputs.Kind.NOISE.make(seed, Math.max(0, blocks * 65_535 + more));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflateEncoder encoder = ZlibEncoders.zlib(0, ZlibEncoders.MEMORY_LEVEL, out)) {
            feed(encoder, plain, seed, largestWrite);
        }
        assertThat(out.toByteArray()).isEqualTo(deflated(plain, 0));
    }

    @Property(tries = 150)
    void writeSizesDoNotMatter(
            @ForAll SampleInputs.Kind kind,
            @ForAll long seed,
            @ForAll @IntRange(max = 300_000) int size,
            @ForAll @IntRange(min = 1, max = 6) int level,
            @ForAll @IntRange(min = 1, max = 150_000) int largestWrite)
            throws IOException {
        byte[] plain = kind.make(seed, size);
        List<Function<OutputStream, DeflateEncoder>> openings = List.of(
                out -> ZlibEncoders.gnuGzip(level, false, out),
                out -> ZlibEncoders.gnuGzip(level, true, out),
                out -> ZlibEncoders.pigzRsyncable(level, 32 << 10, false, out),
                out -> ZlibEncoders.pigzRsyncable(level, 64 << 10, true, out),
                out -> ZlibEncoders.pigzSingle(level, 32 << 10, false, false, out),
                out -> ZlibEncoders.pigzSingle(level, 32 << 10, true, true, out));
        for (Function<OutputStream, DeflateEncoder> opening : openings) {
            ByteArrayOutputStream pieces = new ByteArrayOutputStream();
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            try (DeflateEncoder fed = opening.apply(pieces);
                    DeflateEncoder atOnce = opening.apply(whole)) {
                feed(fed, plain, seed, largestWrite);
                atOnce.write(plain, 0, plain.length);
                atOnce.finish();
            }
            assertThat(pieces.toByteArray()).isEqualTo(whole.toByteArray());
        }
    }

    @Property(tries = 60)
    void numberOfThreadsDoesNotMatterFromLevelFourOn(
            @ForAll SampleInputs.Kind kind,
            @ForAll long seed,
            @ForAll @IntRange(max = 300_000) int size,
            @ForAll @IntRange(min = 4, max = 7) int level)
            throws IOException {
        byte[] plain = kind.make(seed, size);
        ByteArrayOutputStream single = new ByteArrayOutputStream();
        try (DeflateEncoder encoder = ZlibEncoders.pigzSingle(level, 64 << 10, false, false, single)) {
            feed(encoder, plain, seed, 40_000);
        }
        assertThat(single.toByteArray())
                .isEqualTo(NamedEncoder.blocks(plain, ZlibEncoders.pigz(level, 64 << 10, false)));
    }

    @Property(tries = 200)
    void everyStreamInflatesToWhatWasEncoded(
            @ForAll SampleInputs.Kind kind,
            @ForAll long seed,
            @ForAll @IntRange(max = 150_000) int size,
            @ForAll @IntRange(min = 1, max = 9) int level,
            @ForAll @IntRange(max = 14) int encoder)
            throws DataFormatException {
        byte[] plain = kind.make(seed, size);
        assertThat(inflated(NamedEncoder.ALL.get(encoder).encode(plain, level), size))
                .isEqualTo(plain);
    }

    private static void feed(DeflateEncoder encoder, byte[] plain, long seed, int largestWrite) throws IOException {
        SampleInputs.SplitMix random = new SampleInputs.SplitMix(seed);
        for (int next = 0; next < plain.length; ) {
            int length = Math.min(plain.length - next, random.below(largestWrite + 1));
            encoder.write(plain, next, length);
            next += length;
        }
        encoder.finish();
    }

    private static byte[] deflated(byte[] plain, int level) {
        try (Deflater deflater = new Deflater(level, true)) {
            byte[] out = new byte[plain.length + plain.length / 8 + 1024];
            deflater.setInput(plain);
            deflater.finish();
            int length = deflater.deflate(out);
            assertThat(deflater.finished()).isTrue();
            return Arrays.copyOf(out, length);
        }
    }

    private static byte[] inflated(byte[] raw, int size) throws DataFormatException {
        try (Inflater inflater = new Inflater(true)) {
            byte[] out = new byte[size];
            inflater.setInput(raw);
            int length = 0;
            while (!inflater.finished()) {
                int more = inflater.inflate(out, length, size - length);
                length += more;
                assertThat(more > 0 || inflater.finished()).isTrue();
            }
            assertThat(inflater.getRemaining()).isZero();
            return Arrays.copyOf(out, length);
        }
    }
}
