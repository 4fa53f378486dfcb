package dev.dray.layer.deflate.klauspost;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The vectors as kept: a line each, with version, framing, level, sample and digest.
final class GoldenFile {
    private static final String NAME = "golden.txt";
    private static final Path SOURCE =
            Path.of("src/test/resources/dev/dray/layer/deflate/klauspost").resolve(NAME);

    private GoldenFile() {}

    static Map<String, String> read() throws IOException {
        try (InputStream in = GoldenFile.class.getResourceAsStream(NAME)) {
            if (in == null) {
                return Map.of();
            }
            Map<String, String> digests = new LinkedHashMap<>();
            new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> {
                        int space = line.lastIndexOf(' ');
                        digests.put(line.substring(0, space), line.substring(space + 1));
                    });
            return Collections.unmodifiableMap(digests);
        }
    }

    static void write(Map<String, String> digests) throws IOException {
        StringBuilder text =
                new StringBuilder("# Made by the versions named, with pgzip v1.2.6, on amd64; see Golden.\n");
        digests.forEach(
                (key, digest) -> text.append(key).append(' ').append(digest).append('\n'));
        Files.writeString(SOURCE, text);
    }
}
