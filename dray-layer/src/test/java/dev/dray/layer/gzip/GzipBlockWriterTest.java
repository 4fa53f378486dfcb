package dev.dray.layer.gzip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.layer.deflate.BlockEncoder;
import dev.dray.model.RawBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipBlockWriterTest {
    private static final RawBytes HEADER =
            RawBytes.copyOf(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 255});

    /// Writes each block as one stored block, and checks that the dictionary is what precedes it.
    private record StoringEncoder(int whole) implements BlockEncoder {
        @Override
        public int blockSize() {
            return 1000;
        }

        @Override
        public int dictionarySize() {
            return 300;
        }

        @Override
        public void encode(byte[] plain, int dictionaryStart, int start, int end, boolean last, OutputStream out)
                throws IOException {
            int dictionary = start - dictionaryStart;
            if (dictionary > 0 && dictionary != Math.min(300, whole)) {
                throw new IOException("dictionary of " + dictionary);
            }
            int length = end - start;
            out.write(last ? 1 : 0);
            out.write(new byte[] {(byte) length, (byte) (length >> 8), (byte) ~length, (byte) (~length >> 8)});
            out.write(plain, start, length);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1000, 1001, 2000, 12_345})
    void inputOfAnyLengthComesBack(int length) throws IOException {
        byte[] plain = new byte[length];
        new Random(length).nextBytes(plain);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ExecutorService threads = Executors.newFixedThreadPool(3);
                GzipBlockWriter writer =
                        new GzipBlockWriter(file, HEADER, () -> new StoringEncoder(length), threads, 4)) {
            for (int i = 0; i < length; i += 700) {
                writer.write(plain, i, Math.min(700, length - i));
            }
            writer.finish();
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(file.toByteArray()))) {
            assertThat(in.readAllBytes()).isEqualTo(plain);
        }
        int blocks = length / 1000 + 1;
        assertThat(file.size()).isEqualTo(HEADER.size() + length + 5 * blocks + 8);
    }

    @Test
    void failureOfABlockReachesTheWriter() {
        BlockEncoder broken = new BlockEncoder() {
            @Override
            public int blockSize() {
                return 10;
            }

            @Override
            public int dictionarySize() {
                return 0;
            }

            @Override
            public void encode(byte[] plain, int dictionaryStart, int start, int end, boolean last, OutputStream out)
                    throws IOException {
                throw new IOException("no");
            }
        };
        assertThatThrownBy(() -> {
                    try (ExecutorService threads = Executors.newFixedThreadPool(2);
                            GzipBlockWriter writer = new GzipBlockWriter(
                                    OutputStream.nullOutputStream(), HEADER, () -> broken, threads, 2)) {
                        writer.write(new byte[100]);
                        writer.finish();
                    }
                })
                .isInstanceOf(IOException.class)
                .hasRootCauseMessage("no");
    }
}
