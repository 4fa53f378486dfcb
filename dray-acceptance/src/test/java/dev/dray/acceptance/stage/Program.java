package dev.dray.acceptance.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A program with leading arguments, additional environment variables, and a deadline at which it is killed. Immutable.
///
/// @param input for its standard input
public record Program(List<String> words, Map<String, String> environment, String input, Duration deadline) {
    private static final Duration USUAL_DEADLINE = Duration.ofSeconds(90);

    public Program {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    public static Program of(String... words) {
        return new Program(List.of(words), Map.of(), "", USUAL_DEADLINE);
    }

    /// The same with more arguments.
    public Program with(String... more) {
        return new Program(Stream.concat(words.stream(), Stream.of(more)).toList(), environment, input, deadline);
    }

    /// The same as an argument of another program, which runs it.
    public Program behind(String... first) {
        return new Program(Stream.concat(Stream.of(first), words.stream()).toList(), environment, input, deadline);
    }

    public Program with(String variable, Path value) {
        return variable(variable, value.toString());
    }

    public Program variable(String name, String value) {
        Map<String, String> larger = new HashMap<>(environment);
        larger.put(name, value);
        return new Program(words, larger, input, deadline);
    }

    public Program reading(String text) {
        return new Program(words, environment, text, deadline);
    }

    public Program within(Duration other) {
        return new Program(words, environment, input, other);
    }

    /// Runs it with further arguments.
    public Outcome run(String... arguments) {
        List<String> command = new ArrayList<>(words);
        command.addAll(List.of(arguments));
        try {
            return run(command);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + String.join(" ", command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + String.join(" ", command), e);
        }
    }

    private Outcome run(List<String> command) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("dray-acceptance-");
        Path stdin = Files.writeString(folder.resolve("in"), input);
        Path stdout = folder.resolve("out");
        Path stderr = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(stdin.toFile())
                .redirectOutput(stdout.toFile())
                .redirectError(stderr.toFile());
        builder.environment().putAll(environment);
        try {
            int exitCode = awaitEnd(builder.start(), command);
            return new Outcome(command, exitCode, text(stdout), text(stderr));
        } finally {
            for (Path file : List.of(stdin, stdout, stderr, folder)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private int awaitEnd(Process process, List<String> command) throws InterruptedException {
        try {
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(String.join(" ", command) + " has not ended within " + deadline);
            }
            return process.exitValue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
