package dev.dray.layer.deflate.klauspost;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dray.layer.deflate.BlockEncoder;
import dev.dray.layer.deflate.DeflateEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The ways in which the encoder is used.
enum Framing {
    STREAM("stream", 0) {
        @Override
        byte[] encode(KlauspostEra era, int level, byte[] plain) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (DeflateEncoder encoder = era.stream(level, out)) {
                encoder.write(plain, 0, plain.length);
                encoder.finish();
            }
            return out.toByteArray();
        }
    },
    PGZIP_256K("pgzip", 256 << 10),
    PGZIP_1M("pgzip", 1 << 20);

    private final String word;
    private final int blockSize;

    Framing(String word, int blockSize) {
        this.word = word;
        this.blockSize = blockSize;
    }

    String word() {
        return word;
    }

    int blockSize() {
        return blockSize;
    }

    /// The raw deflate stream.
    byte[] encode(KlauspostEra era, int level, byte[] plain) throws IOException {
        BlockEncoder encoder = era.pgzip(level, blockSize);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int last = plain.length / blockSize;
        for (int block = 0; block <= last; block++) {
            encode(encoder, plain, block, out);
        }
        return out.toByteArray();
    }

    static void encode(BlockEncoder encoder, byte[] plain, int block, ByteArrayOutputStream out) throws IOException {
        int start = block * encoder.blockSize();
        int end = Math.min(plain.length, start + encoder.blockSize());
        boolean last = block == plain.length / encoder.blockSize();
        encoder.encode(plain, Math.max(0, start - encoder.dictionarySize()), start, end, last, out);
    }

    /// As [RealEncoder#digest] tells it.
    String digest(KlauspostEra era, int level, byte[] plain) throws IOException {
        byte[] encoded = encode(era, level, plain);
        return "%s %d".formatted(sha256(encoded), encoded.length);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String sha256(String text) {
        return sha256(text.getBytes(UTF_8));
    }
}
