package dev.dray.layer.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.layer.deflate.go.Sample;
import dev.dray.seeds.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Streams so uniform that many encoders begin alike: what tells them apart lies deep in the stream, if anywhere.
class UniformStreamsTest {
    private static final int MIB = 1 << 20;
    private static final int SHARE = 15;

    @TempDir
    Path folder;

    /// Twenty streams by what they hold.
    private static Map<String, byte[]> streams(int scale) {
        Map<String, byte[]> streams = new LinkedHashMap<>();
        byte[] content = Sample.mixed(2 * MIB, 77);
        for (int mib : new int[] {1, 3, 8, 24}) {
            int size = mib * MIB * scale / 4;
            streams.put(mib + " zeros", new byte[size]);
            streams.put(mib + " zeros and a byte", Arrays.copyOf(repeated(new byte[] {0}, size), size + 1));
            streams.put(mib + " repeated block", repeated(Arrays.copyOf(content, 512), size));
            streams.put(mib + " zeros before content", joined(new byte[size], Arrays.copyOf(content, 300_000)));
            streams.put(mib + " sparse file", sparse(size, content));
        }
        return streams;
    }

    private static byte[] repeated(byte[] block, int size) {
        byte[] all = new byte[size];
        for (int at = 0; at < size; at += block.length) {
            System.arraycopy(block, 0, all, at, Math.min(block.length, size - at));
        }
        return all;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    /// Islands of content far apart, and padding as of a tar at the end.
    private static byte[] sparse(int size, byte[] content) {
        byte[] all = new byte[size];
        for (int at = size / 3; at + 5_000 < size - 20_000; at += size / 4) {
            System.arraycopy(content, at % MIB, all, at, 5_000);
        }
        return all;
    }

    @Test
    void aShareOfUniformStreamsIsExact() throws Exception {
        long seed = Seeds.of(UniformStreamsTest.class);
        Random random = new Random(seed);
        Map<String, byte[]> streams = streams(1);
        List<String> names = List.copyOf(streams.keySet());
        List<String> verbatim = new ArrayList<>();
        try (RealTools tools = new RealTools(List.of("v1.20.4", "go1.27.3"), folder)) {
            for (int round = 0; round < SHARE; round++) {
                String name = names.get(random.nextInt(names.size()));
                prove(tools.makers().get(random.nextInt(tools.makers().size())), name, streams, verbatim);
            }
        }
        assertThat(verbatim).as("seed %d", seed).isEmpty();
    }

    /// `dray.sweep.streams` takes so many of them, drawn for each tool.
    @Test
    @Tag("campaign")
    void twentyUniformStreamsByEveryToolAreExact() throws Exception {
        Random random = new Random(Seeds.of(UniformStreamsTest.class));
        Map<String, byte[]> streams = streams(4);
        int each = Integer.getInteger("dray.sweep.streams", streams.size());
        List<String> verbatim = new ArrayList<>();
        int tried = 0;
        try (RealTools tools = new RealTools(EdgeSweepTest.GO_VERSIONS, folder)) {
            for (Maker maker : tools.makers()) {
                List<String> names = new ArrayList<>(streams.keySet());
                Collections.shuffle(names, random);
                for (String name : names.subList(0, Math.min(each, names.size()))) {
                    prove(maker, name, streams, verbatim);
                    tried++;
                }
            }
        }
        System.out.printf("%d streams, tried %d, not exact %d%n", streams.size(), tried, verbatim.size());
        verbatim.forEach(System.out::println);
        assertThat(verbatim).isEmpty();
    }

    private static void prove(Maker maker, String name, Map<String, byte[]> streams, List<String> verbatim)
            throws Exception {
        byte[] plain = streams.get(name);
        if (plain == null) {
            throw new IllegalArgumentException(name);
        }
        Proof proof = Proof.of(maker.gzip(plain), plain);
        if (!proof.exact()) {
            verbatim.add("%s, %s: %s".formatted(maker.name(), name, proof.outcome()));
        }
    }
}
