package dev.dray.layer.deflate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.layer.deflate.go.GoDeflate;
import dev.dray.layer.deflate.go.Sample;
import dev.dray.model.ByteSize;
import dev.dray.model.DrayException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenInflaterTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void inflatesWhatZlibDeflates(int level) throws IOException {
        for (int size : new int[] {0, 1, 257, 65_535, 65_536, 500_000}) {
            byte[] plain = Sample.mixed(size, size + level);
            for (int strategy : new int[] {Deflater.DEFAULT_STRATEGY, Deflater.HUFFMAN_ONLY, Deflater.FILTERED}) {
                assertThat(inflate(JdkDeflate.deflate(plain, level, strategy))).isEqualTo(plain);
            }
        }
    }

    @Test
    void tokensSpellThePlainBytes() throws IOException {
        byte[] plain = Sample.mixed(400_000, 1);
        Speller speller = new Speller();
        byte[] deflated = JdkDeflate.deflate(plain, 6, Deflater.DEFAULT_STRATEGY);
        inflate(deflated, speller, InflateLimits.standard(), OutputStream.nullOutputStream());
        assertThat(speller.spelled()).isEqualTo(plain);
        assertThat(speller.ends.getLast()).isEqualTo(plain.length);
    }

    @Test
    void tellsSyncMarkersAndWhereBlocksBegin() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BitWriter writer = new BitWriter(out);
        writer.put(0b010, 3);
        writer.put(0, 7);
        writer.put(0, 3);
        writer.align();
        writer.put(0xffff_0000L, 32);
        writer.put(0b011, 3);
        writer.put(0, 7);
        writer.align();
        writer.drain();
        List<BlockStart> blocks = new ArrayList<>();
        inflate(
                out.toByteArray(),
                block -> !blocks.add(block),
                InflateLimits.standard(),
                OutputStream.nullOutputStream());
        assertThat(blocks)
                .containsExactly(
                        new BlockStart(0, 0, BlockKind.FIXED, false, 0, 0, 0),
                        new BlockStart(10, 0, BlockKind.STORED, false, 0, 0, 0),
                        new BlockStart(48, 0, BlockKind.FIXED, true, 0, 0, 0));
        assertThat(blocks).extracting(BlockStart::syncMarker).containsExactly(false, true, false);
    }

    @Test
    void standsBehindTheStreamAfterwards() throws IOException {
        byte[] deflated = JdkDeflate.deflate(Sample.mixed(70_000, 2), 6, Deflater.DEFAULT_STRATEGY);
        byte[] followed = Arrays.copyOf(deflated, deflated.length + 2);
        followed[deflated.length] = 42;
        DeflateInput in = new DeflateInput(new ByteArrayInputStream(followed));
        new TokenInflater(TokenListener.NONE, InflateLimits.standard()).inflate(in, OutputStream.nullOutputStream());
        assertThat(in.position()).isEqualTo(deflated.length * 8L);
        assertThat(in.read()).isEqualTo(42);
        assertThat(in.read()).isZero();
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void everyTruncationIsCorrupt() throws IOException {
        byte[] deflated = JdkDeflate.deflate(Sample.mixed(3_000, 3), 6, Deflater.DEFAULT_STRATEGY);
        for (int length = 0; length < deflated.length; length++) {
            byte[] truncated = Arrays.copyOf(deflated, length);
            assertThatThrownBy(() -> inflate(truncated))
                    .isInstanceOfSatisfying(
                            DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.CORRUPT));
        }
    }

    @Test
    void damagedStreamsAreJudgedAsZlibJudgesThem() throws IOException {
        Random random = new Random(4);
        for (int round = 0; round < 4_000; round++) {
            int level = random.nextInt(10);
            byte[] damaged = JdkDeflate.deflate(Sample.mixed(300, round), level, Deflater.DEFAULT_STRATEGY);
            damaged[random.nextInt(Math.min(40, damaged.length))] ^= (byte) (1 << random.nextInt(8));
            assertThat(tryInflate(damaged)).as("round %d", round).isEqualTo(JdkDeflate.tryInflate(damaged));
        }
    }

    @Test
    void readsFromAStreamThatGivesOneByteAtATime() throws IOException {
        byte[] plain = Sample.mixed(60_000, 5);
        byte[] deflated = JdkDeflate.deflate(plain, 6, Deflater.DEFAULT_STRATEGY);
        InputStream slow = new ByteArrayInputStream(deflated) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1));
            }
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<BlockStart> blocks = new ArrayList<>();
        new TokenInflater(block -> !blocks.add(block), InflateLimits.standard()).inflate(new DeflateInput(slow), out);
        assertThat(out.toByteArray()).isEqualTo(plain);
        List<BlockStart> expected = new ArrayList<>();
        inflate(deflated, block -> !expected.add(block), InflateLimits.standard(), OutputStream.nullOutputStream());
        assertThat(blocks).isEqualTo(expected);
    }

    @Test
    void bombsAreRefused() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (DeflateEncoder encoder = GoDeflate.encoder(6, bomb)) {
            encoder.write(new byte[40 << 20], 0, 40 << 20);
            encoder.finish();
        }
        Duration day = Duration.ofDays(1);
        for (InflateLimits limits : List.of(
                new InflateLimits(ByteSize.ofMebibytes(30), 2_000, day),
                new InflateLimits(ByteSize.ofMebibytes(50), 500, day),
                new InflateLimits(ByteSize.ofMebibytes(50), 2_000, Duration.ZERO))) {
            assertThatThrownBy(() ->
                            inflate(bomb.toByteArray(), TokenListener.NONE, limits, OutputStream.nullOutputStream()))
                    .isInstanceOfSatisfying(
                            DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.TOO_LARGE));
        }
        inflate(bomb.toByteArray(), TokenListener.NONE, InflateLimits.standard(), OutputStream.nullOutputStream());
    }

    static byte[] inflate(byte[] deflated) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        inflate(deflated, TokenListener.NONE, InflateLimits.standard(), out);
        return out.toByteArray();
    }

    static Optional<String> tryInflate(byte[] deflated) throws IOException {
        try {
            return Optional.of(Arrays.toString(inflate(deflated)));
        } catch (DrayException e) {
            assertThat(e.kind()).isEqualTo(DrayException.Kind.CORRUPT);
            return Optional.empty();
        }
    }

    private static void inflate(byte[] deflated, TokenListener listener, InflateLimits limits, OutputStream out)
            throws IOException {
        new TokenInflater(listener, limits).inflate(new DeflateInput(new ByteArrayInputStream(deflated)), out);
    }

    /// Makes plain bytes from tokens alone.
    private static final class Speller implements TokenListener {
        private byte[] plain = new byte[1 << 20];
        private int size;
        final List<Long> ends = new ArrayList<>();

        @Override
        public boolean blockStarted(BlockStart start) {
            return true;
        }

        @Override
        public void tokens(int[] tokens, int count) {
            for (int i = 0; i < count; i++) {
                int length = tokens[i] >>> 16;
                if (length == 0) {
                    plain[size++] = (byte) tokens[i];
                }
                for (int j = 0; j < length; j++) {
                    plain[size] = plain[size - (tokens[i] & 0xffff)];
                    size++;
                }
            }
        }

        @Override
        public void blockEnded(long plainOffset) {
            ends.add(plainOffset);
            size = (int) plainOffset;
        }

        byte[] spelled() {
            return Arrays.copyOf(plain, size);
        }
    }
}
