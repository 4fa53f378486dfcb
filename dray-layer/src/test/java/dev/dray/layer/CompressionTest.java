package dev.dray.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompressionTest {
    @ParameterizedTest
    @CsvSource({
        "1f8b0800, GZIP",
        "1f8b08, GZIP",
        "1f8b07, NONE",
        "1f8b, NONE",
        "28b52ffd04, ZSTD",
        "28b52f, NONE",
        "'', NONE"
    })
    void firstBytesTellAndAreStillThereAfterwards(String hex, Compression expected) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(hex);
        try (InputStream in = new ByteArrayInputStream(bytes)) {
            assertThat(Compression.of(in)).isEqualTo(expected);
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
    }
}
