package dev.dray.layer.deflate.klauspost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the encoders make, against vectors of the real ones. `-Ddray.golden=update` makes those that are missing, with
/// Go.
/// A kept vector never changes.
class KlauspostGoldenTest {
    private static final int TELLING_SIZE = 131_070;
    private static final int SECOND_BLOCK = 393_225;

    static List<List<Golden>> groups() {
        return List.copyOf(Golden.all().stream()
                .collect(Collectors.groupingBy(
                        golden -> golden.version() + golden.framing() + golden.level(),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .values());
    }

    @ParameterizedTest
    @MethodSource("groups")
    void bytesAreThoseOfTheRealEncoder(List<Golden> group) throws IOException {
        Map<String, String> expected = GoldenFile.read();
        for (Golden golden : group) {
            assertThat(golden.digest((framing, level, plain) -> framing.digest(golden.era(), level, plain)))
                    .as(golden.key())
                    .isEqualTo(expected.get(golden.key()));
        }
    }

    @Test
    void everyVectorIsKept() throws IOException {
        assertThat(GoldenFile.read().keySet())
                .containsExactlyElementsOf(
                        Golden.all().stream().map(Golden::key).toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void samplesTellTheErasOfALevelApart(int level) throws IOException {
        for (Framing framing : List.of(Framing.STREAM, Framing.PGZIP_256K)) {
            Map<String, KlauspostEra> made = new HashMap<>();
            for (KlauspostEra era : KlauspostEra.values()) {
                if (framing == Framing.STREAM ? era.differsAsStream(level) : era.supports(level)) {
                    KlauspostEra other = made.put(digests(era, framing, level), era);
                    assertThat(other == null || nearlyAlike(other, era, level))
                            .as("%s level %d: %s beside %s", framing, level, era, other)
                            .isTrue();
                }
            }
        }
    }

    private static String digests(KlauspostEra era, Framing framing, int level) throws IOException {
        StringBuilder digests = new StringBuilder();
        for (Sample sample : Sample.values()) {
            digests.append(new Golden("", era, framing, level, sample, TELLING_SIZE)
                    .digest((_, _, plain) -> framing.digest(era, level, plain)));
        }
        byte[] stored = Sample.RANDOM.bytes(SECOND_BLOCK, 1);
        return digests.append(framing.digest(era, level, stored)).toString();
    }

    /// 1.18.1 differs from 1.18.2 in a few bytes of tens of MiB; a sample that shows it was found for level 5.
    private static boolean nearlyAlike(KlauspostEra one, KlauspostEra other, int level) {
        return one == KlauspostEra.V1_18_1 && other.label().equals("1.18.2") && level != KlauspostEra.DEFAULT_LEVEL;
    }

    /// With each version of the real encoders, which takes minutes.
    @Test
    @Tag("campaign")
    void vectorsAreStillWhatTheRealEncodersMake(@TempDir Path folder) throws IOException {
        RealEncoder.assumeGo();
        boolean update = "update".equals(System.getProperty("dray.golden"));
        Map<String, RealEncoder> encoders = new HashMap<>();
        Map<String, String> made = new LinkedHashMap<>();
        try {
            for (Golden golden : Golden.all()) {
                String kept = GoldenFile.read().get(golden.key());
                if (update && kept != null) {
                    made.put(golden.key(), kept);
                    continue;
                }
                RealEncoder encoder = encoders.get(golden.version());
                if (encoder == null) {
                    encoder = RealEncoder.build(
                            golden.version(), Files.createDirectory(folder.resolve(golden.version())));
                    encoders.put(golden.version(), encoder);
                }
                made.put(golden.key(), golden.digest(encoder::digest));
            }
        } finally {
            for (RealEncoder encoder : encoders.values()) {
                encoder.close();
            }
        }
        if (update) {
            GoldenFile.write(made);
        } else {
            assertThat(GoldenFile.read()).isEqualTo(made);
        }
    }
}
