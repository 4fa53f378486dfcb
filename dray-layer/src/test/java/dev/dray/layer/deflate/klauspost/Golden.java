package dev.dray.layer.deflate.klauspost;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// One vector: the digest over what one encoder makes of a kind of sample in all sizes.
///
/// @param version that made it, as `v1.18.2` of klauspost/compress or `go1.27.3`
/// @param largest the sizes beyond it are left out
record Golden(String version, KlauspostEra era, Framing framing, int level, Sample sample, int largest) {
    /// Of the vectors that came later: the slowest levels take minutes for more.
    private static final int LATER_LARGEST = 262_145;

    /// With a block behind a dictionary that is long enough to be stored or not.
    private static final int SECOND_BLOCK = 393_225;

    /// Around the sizes of chunks, blocks, dictionaries and the window, and the limits for tiny chunks.
    private static final int[] SIZES = {
        0,
        1,
        16,
        17,
        32,
        33,
        127,
        128,
        400,
        4096,
        16384,
        65535,
        65536,
        65537,
        131070,
        196605,
        262143,
        262144,
        262145,
        393216 + 9,
        1048576,
        1048577
    };

    /// Samples in which neighbouring eras differ, which few do.
    private static final List<Revealing> REVEALING = List.of(
            new Revealing(Sample.BINARY, 67000, 42),
            new Revealing(Sample.TAR, 800, 7),
            new Revealing(Sample.COPIES, 131071, 121),
            new Revealing(Sample.COPIES, 131071, 161));

    private static final int[] NEWEST_PGZIP_LEVELS = {1, 5, 6};

    private static final Map<Revealing, byte[]> BYTES = new ConcurrentHashMap<>();

    private record Revealing(Sample sample, int size, long seed) {}

    @FunctionalInterface
    interface Encoder {
        /// The digest of what it makes, and the length.
        String digest(Framing framing, int level, byte[] plain) throws IOException;
    }

    /// Every vector there is, those of one version in a row.
    static List<Golden> all() {
        List<Golden> all = new ArrayList<>();
        for (KlauspostEra era : KlauspostEra.values()) {
            boolean newest = era == KlauspostEra.V1_18_2;
            for (Framing framing : Framing.values()) {
                for (int level : newest && framing != Framing.STREAM ? NEWEST_PGZIP_LEVELS : new int[] {5}) {
                    if (era.supports(level)) {
                        add(all, "v" + era.label(), era, framing, level);
                    }
                }
            }
        }
        for (int level = 7; level <= 9; level++) {
            add(all, "v1.20.3", KlauspostEra.V1_18_2, Framing.PGZIP_256K, level);
        }
        for (KlauspostEra era : KlauspostEra.values()) {
            for (int level = -2; level <= 9; level++) {
                if (era.supports(level) && level != 5 && era != KlauspostEra.V1_18_2) {
                    int largest = era == KlauspostEra.V1_18_2_LAZY ? SECOND_BLOCK : LATER_LARGEST;
                    add(all, "v" + era.label(), era, Framing.PGZIP_256K, level, largest);
                    if (era.differsAsStream(level)) {
                        add(all, "v" + era.label(), era, Framing.STREAM, level, LATER_LARGEST);
                    }
                }
            }
        }
        for (int level = -2; level <= 9; level++) {
            if (level != -1) {
                add(all, "go1.27.3", KlauspostEra.V1_18_2, Framing.STREAM, level);
            }
        }
        return all;
    }

    private static void add(List<Golden> all, String version, KlauspostEra era, Framing framing, int level) {
        add(all, version, era, framing, level, Integer.MAX_VALUE);
    }

    private static void add(
            List<Golden> all, String version, KlauspostEra era, Framing framing, int level, int largest) {
        for (Sample sample : Sample.values()) {
            all.add(new Golden(version, era, framing, level, sample, largest));
        }
    }

    /// How the vector is called in the file.
    String key() {
        return "%s %s %d %s".formatted(version, framing, level, sample);
    }

    String digest(Encoder encoder) throws IOException {
        StringBuilder digests = new StringBuilder();
        for (int size : SIZES) {
            if (size > largest) {
                break;
            }
            digests.append(encoder.digest(framing, level, bytes(sample, size, size)))
                    .append('\n');
        }
        for (Revealing revealing : REVEALING) {
            if (revealing.sample == sample) {
                byte[] plain = bytes(sample, revealing.size, revealing.seed);
                digests.append(encoder.digest(framing, level, plain)).append('\n');
            }
        }
        return Framing.sha256(digests.toString());
    }

    /// The same bytes are asked for by every vector of a sample.
    private static byte[] bytes(Sample sample, int size, long seed) {
        return BYTES.computeIfAbsent(new Revealing(sample, size, seed), key -> sample.bytes(size, seed));
    }
}
