package dev.dray.layer.tarsplit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.layer.tar.TarBytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Crc64Test {
    @Test
    void isTheOneOfGo() {
        assertThat(crc("123456789")).isEqualTo(0xb90956c775a41001L);
        assertThat(crc("hello")).isEqualTo(0x3c3eeee2d8100000L);
        assertThat(crc("")).isZero();
    }

    @Test
    void doesNotDependOnHowTheBytesCome() {
        byte[] bytes = TarBytes.noise(1003, 1);
        Crc64 single = new Crc64();
        for (byte b : bytes) {
            single.update(b);
        }
        Crc64 whole = new Crc64();
        whole.update(bytes, 0, bytes.length);
        Crc64 parts = new Crc64();
        parts.update(bytes, 0, 13);
        parts.update(bytes, 13, bytes.length - 13);

        assertThat(whole.getValue()).isEqualTo(single.getValue()).isEqualTo(parts.getValue());
    }

    private static long crc(String text) {
        Crc64 crc = new Crc64();
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        crc.update(bytes, 0, bytes.length);
        return crc.getValue();
    }
}
