package dev.dray.model.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class StreamsTest {
    private static final byte[] BYTES = {0, 1, -1, 127, -128};

    @Test
    void nothingPassesByTheTeeOfAnInput() throws IOException {
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        try (TeeInputStream tee = new TeeInputStream(new ByteArrayInputStream(BYTES), copy)) {
            assertThat(tee.available()).isEqualTo(BYTES.length);
            assertThat(tee.read()).isZero();
            assertThat(tee.skip(2)).isEqualTo(2);
            assertThat(tee.markSupported()).isFalse();
            assertThat(tee.readAllBytes()).containsExactly(127, -128);
            assertThat(tee.read()).isEqualTo(-1);
        }
        assertThat(copy.toByteArray()).isEqualTo(BYTES);
    }

    @Test
    void singleBytesAreNotSignExtended() throws IOException {
        try (TeeInputStream tee =
                new TeeInputStream(new ByteArrayInputStream(new byte[] {-1}), new ByteArrayOutputStream())) {
            assertThat(tee.read()).isEqualTo(255);
        }
    }

    @Test
    void teeOfAnOutputWritesToBoth() throws IOException {
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        ByteArrayOutputStream second = new ByteArrayOutputStream();
        try (TeeOutputStream tee = new TeeOutputStream(first, second)) {
            tee.write(BYTES);
            tee.write(255);
        }
        assertThat(first.toByteArray()).hasSize(6).endsWith(-1).isEqualTo(second.toByteArray());
    }
}
