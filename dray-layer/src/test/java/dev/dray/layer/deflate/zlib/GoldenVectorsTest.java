package dev.dray.layer.deflate.zlib;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What the real tools made of the sample inputs, kept for ever.
class GoldenVectorsTest {
    @ParameterizedTest
    @MethodSource("inputs")
    void inputIsTheOneThatTheToolsGot(int size, String name, String digest) throws NoSuchAlgorithmException {
        byte[] input = SampleInputs.named(name);
        assertThat(input).hasSize(size);
        assertThat(hex(sha256().digest(input))).isEqualTo(digest);
    }

    @ParameterizedTest(name = "{0} at level {1} on {2}")
    @MethodSource("vectors")
    void encoderGivesTheBytesOfTheTool(NamedEncoder encoder, int level, String input, String digest)
            throws NoSuchAlgorithmException {
        byte[] plain = SampleInputs.named(input);
        MessageDigest streams = sha256();
        for (int size : SampleInputs.SIZES) {
            if (size <= plain.length) {
                streams.update(encoder.encode(Arrays.copyOf(plain, size), level));
            }
        }
        assertThat(hex(streams.digest())).isEqualTo(digest);
    }

    static Stream<Arguments> inputs() throws IOException {
        return lines().filter(line -> line[0].equals("input"))
                .map(line -> Arguments.of(Integer.parseInt(line[1]), line[2], line[3]));
    }

    static Stream<Arguments> vectors() throws IOException {
        return lines().filter(line -> !line[0].equals("input"))
                .map(line -> Arguments.of(NamedEncoder.named(line[0]), Integer.parseInt(line[1]), line[2], line[3]));
    }

    private static Stream<String[]> lines() throws IOException {
        return Stream.concat(lines("vectors.txt"), lines("node-vectors.txt"));
    }

    private static Stream<String[]> lines(String file) throws IOException {
        try (InputStream vectors = GoldenVectorsTest.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(vectors).readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ", -1));
        }
    }

    private static MessageDigest sha256() throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
