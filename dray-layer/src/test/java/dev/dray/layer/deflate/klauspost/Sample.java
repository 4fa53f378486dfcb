package dev.dray.layer.deflate.klauspost;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Kinds of plain bytes, made from a seed by integer arithmetic alone, the same on every machine for ever.
enum Sample {
    ZEROS {
        @Override
        void fill(byte[] plain, Noise noise) {}
    },
    RANDOM {
        @Override
        void fill(byte[] plain, Noise noise) {
            for (int index = 0; index < plain.length; index++) {
                plain[index] = (byte) noise.below(256);
            }
        }
    },
    /// Words of a small vocabulary, the first ones far more often.
    TEXT {
        @Override
        void fill(byte[] plain, Noise noise) {
            int at = 0;
            while (at < plain.length) {
                at = put(plain, at, WORDS[noise.skewed(WORDS.length)]);
                at = put(plain, at, noise.below(12) == 0 ? ".\n" : " ");
            }
        }
    },
    /// Runs of instructions and tables of numbers that grow.
    BINARY {
        @Override
        void fill(byte[] plain, Noise noise) {
            int address = 0;
            for (int at = 0; at < plain.length; at++) {
                if ((at & 15) < 4) {
                    address += noise.skewed(64);
                    plain[at] = (byte) (address >>> (8 * (at & 3)));
                } else {
                    plain[at] = (byte) (noise.skewed(40) * 7);
                }
            }
        }
    },
    /// Pieces of one phrase again and again, with single letters between them.
    COPIES {
        @Override
        void fill(byte[] plain, Noise noise) {
            byte[] phrase = TEXT.bytes(2000, 5);
            int at = 0;
            while (at < plain.length) {
                int from = noise.below(1500);
                int length = Math.min(plain.length - at, 20 + noise.below(480));
                System.arraycopy(phrase, from, plain, at, length);
                at += length;
                if (at < plain.length) {
                    plain[at++] = (byte) ('a' + noise.skewed(26));
                }
            }
        }
    },
    /// Headers of 512 bytes, and contents of all the kinds, some of them again and again.
    TAR {
        @Override
        void fill(byte[] plain, Noise noise) {
            Sample[] kinds = {ZEROS, RANDOM, TEXT, BINARY};
            int at = 0;
            for (int entry = 0; at < plain.length; entry++) {
                String header = "usr/share/doc/package-%d/file-%d\0\0\0%07o\0%011o\0"
                        .formatted(entry / 7, entry, noise.below(8), noise.below(1 << 20));
                int content = put(plain, at, header + "\0".repeat(512 - header.length()));
                at = Math.min(plain.length, content + (noise.skewed(64) + 1) * 512);
                Sample kind = kinds[noise.below(kinds.length)];
                byte[] inner = new byte[at - content];
                kind.fill(inner, noise.below(4) == 0 ? new Noise(entry % 3) : noise);
                System.arraycopy(inner, 0, plain, content, inner.length);
            }
        }
    };

    private static final String[] WORDS = words();

    abstract void fill(byte[] plain, Noise noise);

    byte[] bytes(int length, long seed) {
        byte[] plain = new byte[length];
        fill(plain, new Noise(seed));
        return plain;
    }

    private static int put(byte[] plain, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int length = Math.min(bytes.length, plain.length - at);
        System.arraycopy(bytes, 0, plain, at, length);
        return at + length;
    }

    private static String[] words() {
        Noise noise = new Noise(1);
        String[] words = new String[600];
        Arrays.setAll(words, word -> {
            StringBuilder letters = new StringBuilder();
            for (int letter = noise.below(9) + 1; letter >= 0; letter--) {
                letters.append((char) ('a' + noise.skewed(26)));
            }
            return letters.toString();
        });
        return words;
    }

    /// Marsaglia's xorshift of 64 bits.
    static final class Noise {
        private long state;

        Noise(long seed) {
            state = seed * 0x9e3779b97f4a7c15L + 1;
        }

        int below(int bound) {
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
            return (int) ((state >>> 33) % bound);
        }

        /// Small numbers more often.
        int skewed(int bound) {
            return below(below(bound) + 1);
        }
    }
}
