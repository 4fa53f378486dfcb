package dev.dray.layer.deflate.klauspost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.layer.deflate.BlockEncoder;
import dev.dray.layer.deflate.DeflateEncoder;
import dev.dray.model.DrayException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KlauspostEraTest {
    private static final byte[] PLAIN = Sample.TAR.bytes(900_000, 3);

    static IntStream levels() {
        return IntStream.rangeClosed(-2, 9).filter(level -> level != -1);
    }

    @ParameterizedTest
    @MethodSource("levels")
    void bytesDoNotDependOnTheSizesOfWrites(int level) throws IOException {
        byte[] expected = Framing.STREAM.encode(KlauspostEra.V1_18_2, level, PLAIN);
        Sample.Noise noise = new Sample.Noise(level);
        for (int bound : new int[] {100_000, 3_000}) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            DeflateEncoder encoder = KlauspostEra.V1_18_2.stream(level, out);
            int at = 0;
            while (at < PLAIN.length) {
                int piece = Math.min(PLAIN.length - at, noise.skewed(bound));
                encoder.write(PLAIN, at, piece);
                at += piece;
            }
            encoder.finish();

            assertThat(out.toByteArray()).as("writes below %d bytes", bound).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("levels")
    void inflaterGivesThePlainBytesBack(int level) throws IOException, DataFormatException {
        for (Sample sample : Sample.values()) {
            byte[] plain = sample.bytes(300_000, 8);
            for (Framing framing : Framing.values()) {
                for (KlauspostEra era : List.of(KlauspostEra.V1_18_2, KlauspostEra.V1_20_4)) {
                    if (era.supports(level)) {
                        byte[] encoded = framing.encode(era, level, plain);
                        assertThat(inflate(encoded, plain.length))
                                .as("%s %s %s", era, sample, framing)
                                .isEqualTo(plain);
                    }
                }
            }
        }
    }

    private static byte[] inflate(byte[] deflated, int length) throws DataFormatException {
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(deflated);
            byte[] plain = new byte[length + 1];
            int size = inflater.inflate(plain);
            assertThat(inflater.finished()).isTrue();
            assertThat(inflater.getRemaining()).isZero();
            return Arrays.copyOf(plain, size);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V1_12_3", "V1_15_0", "V1_18_1", "V1_18_2", "V1_20_4"})
    void blocksMadeInParallelAndInAnyOrderAreTheSame(KlauspostEra era) throws Exception {
        byte[] expected = Framing.PGZIP_256K.encode(era, 5, PLAIN);
        int blocks = PLAIN.length / Framing.PGZIP_256K.blockSize() + 1;
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        try (ExecutorService workers = Executors.newFixedThreadPool(2)) {
            List<Future<byte[]>> made = new ArrayList<>();
            ThreadLocal<BlockEncoder> encoders =
                    ThreadLocal.withInitial(() -> era.pgzip(5, Framing.PGZIP_256K.blockSize()));
            for (int block = blocks - 1; block >= 0; block--) {
                int index = block;
                made.addFirst(workers.submit(() -> {
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    Framing.encode(encoders.get(), PLAIN, index, out);
                    return out.toByteArray();
                }));
            }
            for (Future<byte[]> block : made) {
                joined.write(block.get());
            }
        }

        assertThat(joined.toByteArray()).isEqualTo(expected);
    }

    @Test
    void emptyInputIsOneEmptyLastBlock() throws IOException {
        assertThat(Framing.PGZIP_1M.encode(KlauspostEra.V1_18_2, 5, new byte[0]))
                .isEqualTo(new byte[] {0, 0, 0, -1, -1, 3, 0});
        assertThat(Framing.STREAM.encode(KlauspostEra.V1_18_2, 5, new byte[0])).isEqualTo(new byte[] {3, 0});
    }

    @Test
    void sinkStopsTheWorkByThrowing() throws IOException {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("differs");
            }
        };
        DeflateEncoder stream = KlauspostEra.V1_18_2.stream(5, full);
        BlockEncoder blocks = KlauspostEra.V1_18_2.pgzip(5, 1 << 20);

        assertThatThrownBy(() -> {
                    stream.write(PLAIN, 0, PLAIN.length);
                    stream.finish();
                })
                .isInstanceOf(IOException.class)
                .hasMessage("differs");
        assertThatThrownBy(() -> blocks.encode(PLAIN, 0, 0, PLAIN.length, true, full))
                .isInstanceOf(IOException.class)
                .hasMessage("differs");
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        blocks.encode(PLAIN, 0, 0, PLAIN.length, true, again);
        assertThat(again.toByteArray()).isEqualTo(Framing.PGZIP_1M.encode(KlauspostEra.V1_18_2, 5, PLAIN));
    }

    @ParameterizedTest
    @ValueSource(ints = {-3, -1, 10})
    void levelThatDoesNotExistIsRefused(int level) {
        assertThatThrownBy(() -> KlauspostEra.V1_18_2.stream(level, OutputStream.nullOutputStream()))
                .isInstanceOf(DrayException.class)
                .hasMessageContaining("level " + level);
    }

    @Test
    void whatAnEraDoesNotKnowIsRefused() {
        assertThat(KlauspostEra.V1_14_0.supports(9)).isFalse();
        assertThatThrownBy(() -> KlauspostEra.V1_14_0.pgzip(9, 1 << 20))
                .isInstanceOf(DrayException.class)
                .hasMessageContaining("1.14.0");
        assertThatThrownBy(() -> KlauspostEra.V1_18_2.pgzip(5, PgzipEncoder.DICTIONARY))
                .isInstanceOf(DrayException.class)
                .hasMessageContaining("16384");
    }
}
