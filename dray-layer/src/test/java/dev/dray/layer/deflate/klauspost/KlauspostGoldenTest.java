package dev.dray.layer.deflate.klauspost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the encoders make, against vectors of the real ones. `-Ddray.golden=update` makes those that are missing, with Go.
/// A kept vector never changes.
class KlauspostGoldenTest {
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

    @Test
    void vectorsTellAllErasApart() throws IOException {
        Map<String, String> digests = GoldenFile.read();
        for (int level = -2; level <= 9; level++) {
            for (Framing framing : Framing.values()) {
                Map<KlauspostEra, String> ofEras = digestsByEra(digests, framing, level);
                assertThat(ofEras.values()).as("%s level %d: %s", framing, level, ofEras).doesNotHaveDuplicates();
            }
        }
    }

    private static Map<KlauspostEra, String> digestsByEra(Map<String, String> digests, Framing framing, int level) {
        return Golden.all().stream()
                .filter(golden -> golden.framing() == framing && golden.level() == level)
                .collect(Collectors.groupingBy(
                        Golden::era,
                        () -> new EnumMap<>(KlauspostEra.class),
                        Collectors.mapping(golden -> digests.get(golden.key()), Collectors.joining())));
    }

    @Test
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
