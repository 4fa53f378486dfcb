package dev.dray.layer.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.layer.deflate.go.Sample;
import dev.dray.seeds.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Streams that end near a multiple of what encoders and their identification count in: chunks, windows, blocks, the
/// part that is looked at. Whatever a tool makes of such sizes must be exact.
class EdgeSweepTest {
    private static final int[] UNITS = {32 << 10, 64 << 10, 128 << 10, 256 << 10, 1 << 20, 2 << 20};
    private static final int[] OFFSETS = {0, 1, 2, 13, 511, 512, 513, 1_424, 11_000, 31_000};
    private static final int MOST_UNITS = 8;
    private static final int LARGEST = (4 << 20) + 31_000;
    private static final int SHARE = 40;
    static final List<String> GO_VERSIONS =
            List.of("v1.15.12", "v1.18.0", "v1.18.2", "v1.20.3", "v1.20.4", "go1.26.8", "go1.27.3");

    private static final byte[] PLAIN = Sample.mixed(LARGEST, 29);

    @TempDir
    Path folder;

    @Test
    void aShareOfAllToolsAndSizesIsExact() throws Exception {
        long seed = Seeds.of(EdgeSweepTest.class);
        Random random = new Random(seed);
        List<Integer> sizes = sizes(MOST_UNITS);
        try (RealTools tools = new RealTools(List.of("v1.20.4", "go1.27.3"), folder)) {
            List<String> verbatim = new ArrayList<>();
            for (int round = 0; round < SHARE; round++) {
                Maker maker = tools.makers().get(random.nextInt(tools.makers().size()));
                prove(maker, sizes.get(random.nextInt(sizes.size())), verbatim);
            }
            assertThat(verbatim).as("seed %d", seed).isEmpty();
        }
    }

    /// `dray.sweep.units` takes larger multiples in, `dray.sweep.sizes` so many sizes drawn for each tool.
    @Test
    @Tag("campaign")
    void everyToolAtEveryLevelAndSizeIsExact() throws Exception {
        long seed = Seeds.of(EdgeSweepTest.class);
        List<Integer> all = sizes(Integer.getInteger("dray.sweep.units", 1));
        int each = Integer.getInteger("dray.sweep.sizes", all.size());
        Random random = new Random(seed);
        List<String> verbatim = new ArrayList<>();
        int tried = 0;
        try (RealTools tools = new RealTools(GO_VERSIONS, folder)) {
            for (Maker maker : tools.makers()) {
                int before = verbatim.size();
                List<Integer> sizes = new ArrayList<>(all);
                Collections.shuffle(sizes, random);
                for (int size : sizes.subList(0, Math.min(each, sizes.size()))) {
                    prove(maker, size, verbatim);
                    tried++;
                }
                System.out.printf("%s: not exact %d%n", maker.name(), verbatim.size() - before);
            }
            System.out.printf(
                    "%d tools and levels, %d sizes, seed %d: tried %d, not exact %d%n",
                    tools.makers().size(), all.size(), seed, tried, verbatim.size());
        }
        assertThat(verbatim).isEmpty();
    }

    private static void prove(Maker maker, int size, List<String> verbatim) throws IOException, InterruptedException {
        byte[] plain = Arrays.copyOf(PLAIN, size);
        Proof proof = Proof.of(maker.gzip(plain), plain);
        if (!proof.exact()) {
            verbatim.add("%s, %d bytes: %s".formatted(maker.name(), size, proof.outcome()));
        }
    }

    /// Multiples of each unit up to so many, and what lies a little before and behind each.
    private static List<Integer> sizes(int most) {
        TreeSet<Integer> sizes = new TreeSet<>();
        for (int unit : UNITS) {
            for (int count = 1; count <= most; count++) {
                for (int offset : OFFSETS) {
                    sizes.add(count * unit + offset);
                    sizes.add(count * unit - offset);
                }
            }
        }
        return List.copyOf(sizes.headSet(LARGEST, true));
    }
}
