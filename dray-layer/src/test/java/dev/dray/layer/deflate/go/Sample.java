package dev.dray.layer.deflate.go;

import java.util.Arrays;

/// Seeded test bytes, the same as those of the Go program `flate-goldens`.
public record Sample(String kind, int size, long seed) {
    private static final String[] STEPS = {"noise", "text", "zeros", "copy", "copy", "copy"};

    /// A sample of all kinds of content in turn, with copies from up to 128 KiB back.
    public static byte[] mixed(int size, long seed) {
        return new Sample("mixed", size, seed).bytes();
    }

    public byte[] bytes() {
        Generator generator = new Generator(seed * 0x9e3779b97f4a7c15L + 1, size + (128 << 10));
        return Arrays.copyOf(generator.fill(kind, size), size);
    }

    private static final class Generator {
        private final byte[] data;
        private final byte[][] words = new byte[512][];
        private long state;
        private int filled;

        Generator(long state, int capacity) {
            this.state = state;
            this.data = new byte[capacity];
            for (int i = 0; i < words.length; i++) {
                words[i] = new byte[2 + below(11)];
                for (int j = 0; j < words[i].length - 1; j++) {
                    words[i][j] = (byte) ('a' + below(26));
                }
                words[i][words[i].length - 1] = ' ';
            }
        }

        byte[] fill(String kind, int size) {
            while (filled < size) {
                step(kind.equals("mixed") ? STEPS[below(6)] : kind);
            }
            return data;
        }

        private void step(String kind) {
            int length = 1 + below(1 << (1 + below(14)));
            switch (kind) {
                case "zeros" -> filled += length;
                case "noise" -> {
                    for (int i = 0; i < length; i++) {
                        data[filled++] = (byte) (next() >>> 40);
                    }
                }
                case "text" -> {
                    int first = below(512);
                    int second = below(512);
                    byte[] word = words[Math.min(first, second)];
                    System.arraycopy(word, 0, data, filled, word.length);
                    filled += word.length;
                }
                default -> {
                    int distance = 1 + below(1 << (1 + below(17)));
                    for (int i = 0; i < length && distance <= filled; i++) {
                        data[filled] = data[filled - distance];
                        filled++;
                    }
                }
            }
        }

        private long next() {
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
            return state;
        }

        private int below(int limit) {
            return (int) Long.remainderUnsigned(next() >>> 33, limit);
        }
    }
}
