package dev.dray.layer.deflate.zlib;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs a program that compresses its standard input.
final class NativeTool {
    private static final int HEADER = 10;
    private static final int TRAILER = 8;

    private NativeTool() {}

    static boolean present(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /// The raw deflate stream that a command makes.
    static byte[] deflate(List<String> command, int level, Path plain) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(command);
        words.add("-" + level);
        Process process = new ProcessBuilder(words)
                .redirectInput(plain.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] gzip = process.getInputStream().readAllBytes();
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("%s failed".formatted(words));
        }
        return Arrays.copyOfRange(gzip, HEADER, gzip.length - TRAILER);
    }
}
