package dev.dray.layer.deflate.klauspost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Random samples against the last version of each era; the vectors are of the first.
class KlauspostDifferentialTest {
    private static final int ROUNDS = 60;
    private static final int LARGEST = 400_000;

    @ParameterizedTest
    @CsvSource({
        "v1.13.6, V1_12_3, 5",
        "v1.14.1, V1_14_0, 5",
        "v1.14.2, V1_14_2, 5",
        "v1.14.4, V1_14_3, 5",
        "v1.15.9, V1_15_0, 5",
        "v1.15.14, V1_15_10, 7 8 9",
        "v1.17.11, V1_15_10, 4",
        "v1.18.0, V1_15_10, 5 6",
        "v1.18.0, V1_15_11, 1 2 3",
        "v1.18.0, V1_15_15, 7 8 9",
        "v1.18.1, V1_18_1, 1 2 3 4 5 6 7 8 9",
        "v1.20.3, V1_18_2, -2 0 1 2 3 4 5 6 7 8 9",
        "v1.20.4, V1_20_4, -2 1 2 3 4 5 6 7 8 9"
    })
    void lastVersionOfTheEraMakesTheSame(String version, KlauspostEra era, String levels, @TempDir Path folder)
            throws IOException {
        compare(version, era, Framing.values(), levels(levels), folder);
    }

    @ParameterizedTest
    @CsvSource({"v1.19.2, V1_18_2_LAZY, 7 8 9"})
    void lastVersionThatTookItsDictionaryIntoABlockMakesTheSame(
            String version, KlauspostEra era, String levels, @TempDir Path folder) throws IOException {
        compare(version, era, new Framing[] {Framing.PGZIP_256K, Framing.PGZIP_1M}, levels(levels), folder);
    }

    private static int[] levels(String levels) {
        return Stream.of(levels.split(" ")).mapToInt(Integer::parseInt).toArray();
    }

    @ParameterizedTest
    @CsvSource({"go1.27.3, V1_18_2"})
    void goMakesTheSameAtEveryLevel(String version, KlauspostEra era, @TempDir Path folder) throws IOException {
        int[] levels = IntStream.rangeClosed(-2, 9).filter(level -> level != -1).toArray();
        compare(version, era, new Framing[] {Framing.STREAM}, levels, folder);
    }

    private static void compare(String version, KlauspostEra era, Framing[] framings, int[] levels, Path folder)
            throws IOException {
        RealEncoder.assumeGo();
        Sample.Noise noise = new Sample.Noise(version.hashCode());
        Sample[] samples = Sample.values();
        try (RealEncoder real = RealEncoder.build(version, folder)) {
            for (int round = 0; round < ROUNDS; round++) {
                Framing framing = framings[noise.below(framings.length)];
                int level = levels[round % levels.length];
                Sample sample = samples[noise.below(samples.length)];
                int size = noise.skewed(LARGEST);
                byte[] plain = sample.bytes(size, round);
                assertThat(framing.digest(era, level, plain))
                        .as("%s of %d bytes, seed %d, %s level %d", sample, size, round, framing, level)
                        .isEqualTo(real.digest(framing, level, plain));
            }
        }
    }
}
