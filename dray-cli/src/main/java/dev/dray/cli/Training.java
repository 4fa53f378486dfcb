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

/// The runs from which the build makes the start-up caches: what commands load, these load. `all`
/// speaks to a registry of its own on the loopback interface, and leaves an image for `local`, which
/// has the commands that only look at a store.
public final class Training {
    private static final int CONTENT = 100_000;
    private static final String KEPT = "localhost/team/kept:1";

    private final CommandRunner runner;

    private Training(Path home) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        this.runner = new CommandRunner(new Terminal(nowhere, nowhere, false, 100), Map.of("HOME", home.toString()));
    }

    /// @param arguments which run, and a folder of its own
    public static void main(String[] arguments) throws IOException {
        Path home = Files.createDirectories(Path.of(arguments[1]));
        Training training = new Training(home);
        if (arguments[0].equals("local")) {
            training.local();
            return;
        }
        try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            training.all(tar(home), registry.address());
        }
    }

    private void all(Path tar, String registry) {
        String first = registry + "/team/app:1";
        String second = registry + "/other/app:1";
        dray("import", tar.toString(), first);
        dray("push", first);
        dray("tag", first, second, KEPT);
        dray("push", "--format", "json", second);
        dray("verify");
        dray("rmi", first);
        dray("pull", first);
        dray("copy", first, registry + "/copied/app:1");
        String archive = tar.resolveSibling("saved.tar").toString();
        dray("save", "-o", archive, KEPT);
        dray("load", "-i", archive);
        local();
    }

    private void local() {
        dray("--help");
        dray("images");
        dray("images", "--digests");
        dray("images", "--format", "json");
        dray("tag", KEPT, KEPT + "-again");
        dray("inspect", KEPT);
        dray("history", KEPT);
        dray("layers", "ls");
        dray("df");
        dray("rmi", KEPT + "-again");
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
