package dev.dray.layer.sweep;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// A program that compresses its standard input: gzip, pigz.
record PipedTool(String name, List<String> command) implements Maker {
    @Override
    public byte[] gzip(byte[] plain) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            try (var in = process.getOutputStream()) {
                in.write(plain);
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
        byte[] made = process.getInputStream().readAllBytes();
        writing.join();
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("%s failed".formatted(command));
        }
        return made;
    }
}
