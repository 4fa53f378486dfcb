package dev.dray.layer.deflate.go;

import dev.dray.layer.deflate.DeflateEncoder;
import dev.dray.model.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// One line of the Go program `flate-goldens`: a sample, a level, and the hash of what Go made of it.
record Golden(Sample sample, int level, String hash) {
    static Golden parse(String line) {
        String[] fields = line.split(" ", -1);
        return new Golden(
                new Sample(fields[0], Integer.parseInt(fields[1]), Long.parseLong(fields[2])),
                Integer.parseInt(fields[3]),
                fields[4]);
    }

    static List<Golden> all() throws IOException {
        try (InputStream in = Objects.requireNonNull(Golden.class.getResourceAsStream("go-flate.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Golden::parse)
                    .toList();
        }
    }

    /// The line that Go would print if it did what the encoder here does.
    String line() throws IOException {
        byte[] plain = sample.bytes();
        String ours =
                Digest.sha256(encode(plain, level, plain.length + 1)).hex().substring(0, 16);
        return "%s %d %d %d %s".formatted(sample.kind(), sample.size(), sample.seed(), level, ours);
    }

    String expected() {
        return "%s %d %d %d %s".formatted(sample.kind(), sample.size(), sample.seed(), level, hash);
    }

    static byte[] encode(byte[] plain, int level, int chunk) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflateEncoder encoder = GoDeflate.encoder(level, out)) {
            for (int at = 0; at < plain.length; at += chunk) {
                encoder.write(plain, at, Math.min(chunk, plain.length - at));
            }
            encoder.finish();
        }
        return out.toByteArray();
    }
}
