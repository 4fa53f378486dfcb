package dev.dray.benchmark.stage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Runs programs to their end; they must succeed.
public final class Commands {
    private Commands() {}

    /// A program's trimmed output.
    public static String answer(String... command) throws IOException, InterruptedException {
        return answer(List.of(command));
    }

    public static String answer(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (InputStream in = process.getInputStream()) {
            String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IOException(command + " failed");
            }
            return answer;
        }
    }
}
