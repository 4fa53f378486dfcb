package dev.dray.cli;

import dev.dray.cli.output.Terminal;
import dev.dray.layer.tar.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// A user's home in a folder, in which commands run in process with their output captured.
public record CommandHost(Path home, Map<String, String> environment) {
    public CommandHost(Path home) {
        this(home, Map.of("HOME", home.toString()));
    }

    /// The result of a command.
    public record Ran(int status, String out, String err) {}

    CommandHost with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new CommandHost(home, more);
    }

    public Ran run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(stream(out), stream(err), false, 100);
        int status = new CommandRunner(terminal, environment).run(arguments);
        return new Ran(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    public static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    /// The tar of a root file system with one small file.
    Path tar() throws IOException {
        Path tar = home.resolve("root.tar");
        try (TarWriter writer = new TarWriter(Files.newOutputStream(tar), Instant.EPOCH)) {
            writer.file("content", 0644, 5, new ByteArrayInputStream(new byte[5]));
        }
        return tar;
    }
}
