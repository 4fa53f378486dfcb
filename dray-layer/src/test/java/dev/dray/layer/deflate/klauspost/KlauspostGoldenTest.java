package dev.dray.layer.deflate.klauspost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the encoders make, against vectors of the real ones. `-Ddray.golden=update` makes the vectors anew, with Go.
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
        List<String> ofEras = Arrays.stream(KlauspostEra.values())
                .map(era -> Golden.all().stream()
                        .filter(golden -> golden.version().equals("v" + era.label()) && golden.level() == 5)
                        .map(golden -> digests.get(golden.key()))
                        .collect(Collectors.joining()))
                .toList();

        assertThat(ofEras).doesNotHaveDuplicates();
    }

    @Test
    void vectorsAreStillWhatTheRealEncodersMake(@TempDir Path folder) throws IOException {
        RealEncoder.assumeGo();
        Map<String, RealEncoder> encoders = new HashMap<>();
        Map<String, String> made = new LinkedHashMap<>();
        try {
            for (Golden golden : Golden.all()) {
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
        if ("update".equals(System.getProperty("dray.golden"))) {
            GoldenFile.write(made);
        } else {
            assertThat(GoldenFile.read()).isEqualTo(made);
        }
    }
}
