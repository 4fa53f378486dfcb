package dev.dray.layer.deflate.zlib;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.layer.deflate.DeflateEncoder;
import dev.dray.seeds.Cases;
import dev.dray.seeds.Draw;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// The zlib of the JDK as oracle.
class DeflaterPropertiesTest {
    @Cases(300)
    void zlibGivesTheBytesOfTheJdkHoweverItIsFed(Draw draw) throws IOException {
        SampleInputs.Kind kind = draw.oneOf(SampleInputs.Kind.values());
        long seed = draw.seed();
        int size = draw.between(0, 150_000);
        int level = draw.between(1, 9);
        int largestWrite = draw.between(1, 70_000);
        byte[] plain = kind.make(seed, size);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflateEncoder encoder = ZlibEncoders.zlib(level, ZlibEncoders.MEMORY_LEVEL, out)) {
            feed(encoder, plain, seed, largestWrite);
        }
        assertThat(out.toByteArray()).isEqualTo(deflated(plain, level));
    }

    @Cases(200)
    void levelZeroGivesTheBytesOfOneCall(Draw draw) throws IOException {
        long seed = draw.seed();
        int blocks = draw.between(0, 3);
        int more = draw.between(-2, 2);
        int largestWrite = draw.between(1, 70_000);
        byte[] plain = SampleInputs.Kind.NOISE.make(seed, Math.max(0, blocks * 65_535 + more));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflateEncoder encoder = ZlibEncoders.zlib(0, ZlibEncoders.MEMORY_LEVEL, out)) {
            feed(encoder, plain, seed, largestWrite);
        }
        assertThat(out.toByteArray()).isEqualTo(deflated(plain, 0));
    }

    @Cases(150)
    void writeSizesDoNotMatter(Draw draw) throws IOException {
        SampleInputs.Kind kind = draw.oneOf(SampleInputs.Kind.values());
        long seed = draw.seed();
        int size = draw.between(0, 300_000);
        int level = draw.between(1, 6);
        int largestWrite = draw.between(1, 150_000);
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

    @Cases(60)
    void numberOfThreadsDoesNotMatterFromLevelFourOn(Draw draw) throws IOException {
        SampleInputs.Kind kind = draw.oneOf(SampleInputs.Kind.values());
        long seed = draw.seed();
        int size = draw.between(0, 300_000);
        int level = draw.between(4, 7);
        byte[] plain = kind.make(seed, size);
        ByteArrayOutputStream single = new ByteArrayOutputStream();
        try (DeflateEncoder encoder = ZlibEncoders.pigzSingle(level, 64 << 10, false, false, single)) {
            feed(encoder, plain, seed, 40_000);
        }
        assertThat(single.toByteArray())
                .isEqualTo(NamedEncoder.blocks(plain, ZlibEncoders.pigz(level, 64 << 10, false)));
    }

    @Cases(200)
    void everyStreamInflatesToWhatWasEncoded(Draw draw) throws DataFormatException {
        SampleInputs.Kind kind = draw.oneOf(SampleInputs.Kind.values());
        long seed = draw.seed();
        int size = draw.between(0, 150_000);
        int level = draw.between(1, 9);
        int encoder = draw.between(0, 14);
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
