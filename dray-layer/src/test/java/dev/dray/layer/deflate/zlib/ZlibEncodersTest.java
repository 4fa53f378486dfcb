package dev.dray.layer.deflate.zlib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.layer.deflate.BlockEncoder;
import dev.dray.layer.deflate.DeflateEncoder;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZlibEncodersTest {
    private static final OutputStream NOWHERE = OutputStream.nullOutputStream();

    @ParameterizedTest
    @ValueSource(ints = {-1, 10, 11})
    void levelThatIsNotThereIsRefused(int level) {
        assertRefused(() -> ZlibEncoders.zlib(level, 8, NOWHERE));
        assertRefused(() -> ZlibEncoders.gnuGzip(level, false, NOWHERE));
        assertRefused(() -> ZlibEncoders.pigz(level, 128 << 10, false));
    }

    @Test
    void levelZeroIsOfZlibAlone() {
        assertRefused(() -> ZlibEncoders.gnuGzip(0, false, NOWHERE));
        assertRefused(() -> ZlibEncoders.pigz(0, 128 << 10, false));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 10})
    void memoryLevelThatWasNotCheckedIsRefused(int memoryLevel) {
        assertRefused(() -> ZlibEncoders.zlib(6, memoryLevel, NOWHERE));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1024, 32_767, 131_073, (1 << 29) + 1024})
    void blockSizeThatPigzHasNotIsRefused(int blockSize) {
        assertRefused(() -> ZlibEncoders.pigz(6, blockSize, false));
        assertRefused(() -> ZlibEncoders.pigzRsyncable(6, blockSize, false, NOWHERE));
    }

    @ParameterizedTest
    @EnumSource(ZlibFamily.class)
    void labelsFitIntoARecipe(ZlibFamily family) {
        assertThat(family.family()).matches("[a-z-]{1,16}");
        assertThat(family.era()).matches("[0-9.]{1,16}");
        assertThat(family.revision()).isPositive();
    }

    @Test
    void failureOfTheSinkEndsTheWork() {
        IOException full = new IOException("enough");
        OutputStream refusing = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw full;
            }
        };
        assertThatThrownBy(() -> {
                    try (DeflateEncoder encoder = ZlibEncoders.gnuGzip(1, false, refusing)) {
                        byte[] noise = SampleInputs.named("noise");
                        encoder.write(noise, 0, noise.length);
                        encoder.finish();
                    }
                })
                .isSameAs(full);
    }

    @Test
    void blockEncoderServesAgainAfterAFailureOfTheSink() throws IOException {
        byte[] plain = SampleInputs.named("tar");
        BlockEncoder encoder = ZlibEncoders.pigz(6, 128 << 10, false);
        OutputStream refusing = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("full");
            }
        };
        assertThatThrownBy(() -> encoder.encode(plain, 0, 32 << 10, 160 << 10, false, refusing))
                .isInstanceOf(IOException.class);
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        encoder.encode(plain, 0, 32 << 10, 160 << 10, false, again);
        ByteArrayOutputStream fresh = new ByteArrayOutputStream();
        ZlibEncoders.pigz(6, 128 << 10, false).encode(plain, 0, 32 << 10, 160 << 10, false, fresh);
        assertThat(again.toByteArray()).isEqualTo(fresh.toByteArray());
    }

    @Test
    void emptyStreamIsOneEmptyBlock() throws IOException {
        for (NamedEncoder encoder : NamedEncoder.ALL) {
            assertThat(encoder.encode(new byte[0], 6)).as("%s", encoder).containsExactly(3, 0);
        }
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (DeflateEncoder encoder = ZlibEncoders.zlib(0, 8, stored)) {
            encoder.finish();
        }
        assertThat(stored.toByteArray()).containsExactly(1, 0, 0, 0xff, 0xff);
    }

    @Test
    void bytesBehindThePrefixDoNotMatter() throws IOException {
        byte[] plain = SampleInputs.named("skewed");
        byte[] spoiled = plain.clone();
        Arrays.fill(spoiled, 1000, spoiled.length, (byte) 7);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflateEncoder encoder = ZlibEncoders.gnuGzip(6, false, out)) {
            encoder.write(spoiled, 0, 1000);
            encoder.finish();
        }
        assertThat(out.toByteArray()).isEqualTo(NamedEncoder.named("gnu-gzip").encode(Arrays.copyOf(plain, 1000), 6));
    }

    private static void assertRefused(Runnable making) {
        assertThatThrownBy(making::run)
                .isInstanceOfSatisfying(
                        DrayException.class, failed -> assertThat(failed.kind()).isEqualTo(Kind.UNSUPPORTED));
    }
}
