package dev.dray.cli;

import dev.dray.layer.tar.TarWriter;
import dev.dray.registry.server.EmbeddedRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/// The run from which the build makes the start-up cache: what common commands load, this loads. It speaks to nobody
/// but a registry of its own on the loopback interface.
public final class Training {
    private static final int CONTENT = 100_000;

    private final CommandRunner runner;

    private Training(Path home) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        this.runner = new CommandRunner(new Terminal(nowhere, nowhere, false, 100), Map.of("HOME", home.toString()));
    }

    public static void main(String[] arguments) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create("dray-training-");
                EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            new Training(folder.path()).run(tar(folder.path()), registry.address());
        }
    }

    private void run(Path tar, String registry) {
        String first = registry + "/team/app:1";
        String second = registry + "/other/app:1";
        dray("--help");
        dray("import", tar.toString(), first);
        dray("images");
        dray("push", first);
        dray("tag", first, second);
        dray("push", "--format", "json", second);
        dray("inspect", first);
        dray("verify");
        dray("rmi", first);
        dray("pull", first);
        dray("images", "--digests");
        dray("images", "--format", "json");
    }

    private void dray(String... arguments) {
        if (runner.run(arguments) != 0) {
            throw new IllegalStateException("dray " + String.join(" ", arguments) + " failed");
        }
    }

    private static Path tar(Path folder) throws IOException {
        Path tar = folder.resolve("root.tar");
        try (TarWriter writer = new TarWriter(Files.newOutputStream(tar), Instant.EPOCH)) {
            writer.directory("root");
            writer.file("root/content", 0644, CONTENT, new ByteArrayInputStream(new byte[CONTENT]));
        }
        return tar;
    }
}
