package dev.dray.layer.deflate.zlib;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Inputs of many kinds from a seed: the same that `src/test/python/zlib_vectors.py` makes.
final class SampleInputs {
    /// The prefixes that the vectors are made of, where the input is that long.
    static final int[] SIZES = {
        0, 1, 2, 3, 16, 17, 127, 128, 4_096, 32_767, 32_768, 65_274, 65_275, 65_535, 65_536, 98_100, 131_071, 131_072,
        131_073, 262_144, 393_217, 1 << 20
    };

    private static final int LIMIT = 131_073;
    private static final int TAR_LIMIT = 1 << 20;

    /// What an input is like.
    enum Kind {
        TEXT(0),
        NOISE(1),
        ZEROS(2),
        SKEWED(3),
        MACHINE_CODE(4),
        SPARSE(5),
        TAR(6);

        /// Of the input that the vectors are made of.
        private final long seed;

        Kind(long seed) {
            this.seed = seed;
        }

        byte[] make(long seed, int size) {
            SplitMix random = new SplitMix(seed);
            return switch (this) {
                case TEXT -> text(random, size);
                case NOISE -> noise(random, size);
                case ZEROS -> new byte[size];
                case SKEWED -> skewed(random, size);
                case MACHINE_CODE -> machineCode(random, size);
                case SPARSE -> sparse(random, size);
                case TAR -> tar(random, size, parts());
            };
        }
    }

    private static final Map<String, byte[]> MADE = new LinkedHashMap<>();

    static {
        for (Kind kind : Kind.values()) {
            MADE.put(kind.name().toLowerCase(Locale.ROOT), kind.make(kind.seed, kind == Kind.TAR ? TAR_LIMIT : LIMIT));
        }
    }

    private SampleInputs() {}

    static byte[] named(String name) {
        byte[] input = MADE.get(name);
        if (input == null) {
            throw new IllegalArgumentException("no input is named \"%s\"".formatted(name));
        }
        return input.clone();
    }

    private static List<byte[]> parts() {
        List<byte[]> parts = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            if (kind != Kind.TAR) {
                parts.add(kind.make(kind.seed, LIMIT));
            }
        }
        return parts;
    }

    private static byte[] text(SplitMix random, int size) {
        byte[][] words = new byte[2000][];
        for (int w = 0; w < words.length; w++) {
            words[w] = new byte[2 + random.below(8)];
            for (int i = 0; i < words[w].length; i++) {
                words[w][i] = (byte) ('a' + random.below(26));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(size + 16);
        while (out.size() < size) {
            out.writeBytes(words[random.below(1 + random.below(words.length))]);
            out.write(random.below(12) == 0 ? '\n' : ' ');
        }
        return Arrays.copyOf(out.toByteArray(), size);
    }

    private static byte[] noise(SplitMix random, int size) {
        byte[] out = new byte[size];
        for (int i = 0; i < size; i += Long.BYTES) {
            long bits = random.next();
            for (int j = i; j < Math.min(size, i + Long.BYTES); j++) {
                out[j] = (byte) bits;
                bits >>>= Byte.SIZE;
            }
        }
        return out;
    }

    private static byte[] skewed(SplitMix random, int size) {
        byte[] out = new byte[size];
        for (int i = 0; i < size; i++) {
            out[i] = (byte) Long.numberOfTrailingZeros(random.next() | 256);
        }
        return out;
    }

    private static byte[] machineCode(SplitMix random, int size) {
        byte[] opcodes = {0x48, (byte) 0x89, 0x0f, (byte) 0x8b};
        byte[] out = new byte[size + 64];
        int length = 0;
        while (length < size) {
            if (length > 64 && random.below(5) == 0) {
                int start = length - 1 - random.below(Math.min(length, 40_000));
                int copied = 3 + random.below(40);
                for (int n = 0; n < copied; n++) {
                    out[length++] = out[start + n];
                }
            } else {
                out[length++] = (byte) random.below(4);
                out[length++] = opcodes[random.below(4)];
                out[length++] = (byte) random.below(256);
            }
        }
        return Arrays.copyOf(out, size);
    }

    private static byte[] sparse(SplitMix random, int size) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(size + 1024);
        while (out.size() < size) {
            for (int n = 1 + random.below(30); n > 0; n--) {
                out.write((int) random.next());
            }
            out.writeBytes(new byte[random.below(800)]);
        }
        return Arrays.copyOf(out.toByteArray(), size);
    }

    private static byte[] tar(SplitMix random, int size, List<byte[]> parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(size + 65_536);
        while (out.size() < size) {
            int length = random.below(1 + random.below(40_000));
            byte[] part = parts.get(random.below(parts.size()));
            int start = random.below(60_000);
            String name = "usr/share/%d/file-%d".formatted(random.below(50), random.below(100_000));
            byte[] header = new byte[512];
            ascii(name, header, 0);
            ascii("0000644\0".repeat(3) + "%011o\0".formatted(length), header, 100);
            out.writeBytes(header);
            out.write(part, start, length);
            out.writeBytes(new byte[-length & 511]);
        }
        return Arrays.copyOf(out.toByteArray(), size);
    }

    private static void ascii(String text, byte[] target, int offset) {
        for (int i = 0; i < text.length(); i++) {
            target[offset + i] = (byte) text.charAt(i);
        }
    }

    /// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
    static final class SplitMix {
        private long state;

        SplitMix(long seed) {
            this.state = seed;
        }

        long next() {
            state += 0x9E3779B97F4A7C15L;
            long z = state;
            z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            return z ^ (z >>> 31);
        }

        int below(int bound) {
            return (int) ((next() >>> 33) % bound);
        }
    }
}
