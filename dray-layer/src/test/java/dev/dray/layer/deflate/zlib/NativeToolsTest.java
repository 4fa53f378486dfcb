package dev.dray.layer.deflate.zlib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dray.seeds.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Compares with the tools of this machine on inputs that no vector knows. `-Ddray.seed=N` repeats a run.
class NativeToolsTest {
    private static final int ROUNDS = 12;
    private static final int[] CORNERS = {0, 32_768, 65_274, 65_536, 98_304, 131_072, 196_608, 262_144};

    private static final List<SampleInputs.Kind> KINDS = List.of(SampleInputs.Kind.values());

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("encoders")
    void encoderGivesTheBytesOfTheInstalledTool(NamedEncoder encoder) throws IOException, InterruptedException {
        requireInstalled(encoder.command().getFirst());
        long seed = Seeds.of(NativeToolsTest.class);
        SampleInputs.SplitMix random = new SampleInputs.SplitMix(seed);
        for (int round = 0; round < ROUNDS; round++) {
            SampleInputs.Kind kind = KINDS.get(random.below(KINDS.size()));
            int size = Math.max(0, CORNERS[random.below(CORNERS.length)] + random.below(1200) - 600);
            int level = 1 + random.below(9);
            byte[] plain = kind.make(random.next(), size);
            Path file = Files.write(folder.resolve("plain"), plain);
            assertThat(encoder.encode(plain, level))
                    .as("%s at level %d on %d bytes of %s, seed %d", encoder, level, size, kind, seed)
                    .isEqualTo(NativeTool.deflate(encoder.command(), level, file));
        }
    }

    private static void requireInstalled(String program) {
        boolean present = NativeTool.present(program);
        if (System.getenv("CI") != null) {
            assertThat(present).as("%s is installed", program).isTrue();
        }
        assumeTrue(present, () -> "%s is not installed, so our bytes are not compared with its".formatted(program));
    }

    static List<NamedEncoder> encoders() {
        return NamedEncoder.ALL.stream()
                .filter(encoder -> !encoder.command().isEmpty())
                .toList();
    }
}
