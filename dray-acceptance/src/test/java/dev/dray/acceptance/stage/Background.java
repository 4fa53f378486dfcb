package dev.dray.acceptance.stage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// A program that runs beside the test, with its output in two files. Closing it kills its remaining processes.
public final class Background implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Process process;
    private final Path output;
    private final Path errors;

    private Background(Process process, Path output, Path errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    /// @param folder for the output, `NAME.out` and `NAME.err`, which are overwritten
    public static Background start(Path folder, String name, List<String> command, Map<String, String> environment)
            throws IOException {
        Path output = Files.createDirectories(folder).resolve(name + ".out");
        Path errors = folder.resolve(name + ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().putAll(environment);
        return new Background(builder.start(), output, errors);
    }

    public String output() throws IOException {
        return text(output);
    }

    public String errors() throws IOException {
        return text(errors);
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /// Waits until `ready` holds; fails when the program ends before, or at the deadline.
    public void await(String what, Duration deadline, BooleanSupplier ready) throws IOException, InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        while (!ready.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("%s did not come: %s%n%s%s"
                        .formatted(what, process.isAlive() ? "it waits" : "it has ended", output(), errors()));
            }
            Thread.sleep(PAUSE);
        }
    }

    /// The exit code, once it has ended by itself.
    public int exitCode(Duration deadline) throws InterruptedException {
        if (!process.waitFor(deadline)) {
            throw new AssertionError("the program has not ended within " + deadline);
        }
        return process.exitValue();
    }

    /// Stops the innermost program (a tracer around it ends with it) and waits until all processes have ended.
    public int stop(Duration deadline) throws InterruptedException {
        innermost().destroy();
        return exitCode(deadline);
    }

    /// Stops only the started program, not its children.
    public int stopOutermost(Duration deadline) throws InterruptedException {
        process.destroy();
        return exitCode(deadline);
    }

    /// Kills it by `kill -9`, and returns when it is gone; fails when it does not end, as a process that hangs in
    /// the kernel.
    public void kill() {
        Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList()
                .forEach(handle -> {
                    handle.destroyForcibly();
                    handle.onExit()
                            .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                            .join();
                });
    }

    private ProcessHandle innermost() {
        return process.descendants().reduce((first, second) -> second).orElse(process.toHandle());
    }

    @Override
    public void close() {
        kill();
    }
}
