package dev.dray.acceptance.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// `dray serve` as a separate process, on a free port.
///
/// Its store is `FOLDER/store`; a restart over the same folder keeps its content.
public final class DrayServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern SERVING = Pattern.compile("serving https?://(\\S+:\\d+) from");

    private static final byte[] PING =
            "GET /v2/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Background process;
    private final String host;

    private DrayServer(Background process, String host) {
        this.process = process;
        this.host = host;
    }

    /// The settings of a server.
    ///
    /// @param tracer words before the command
    /// @param options of `serve`
    public record Plan(Path folder, Path store, List<String> tracer, String javaOptions, List<String> options) {
        public static Plan in(Path folder) {
            return new Plan(folder, folder.resolve("store"), List.of(), "", List.of());
        }

        public Plan options(String... more) {
            return new Plan(
                    folder,
                    store,
                    tracer,
                    javaOptions,
                    Stream.concat(options.stream(), Stream.of(more)).toList());
        }

        public Plan access(Path users, Path access) {
            return options("--users", users.toString(), "--access", access.toString());
        }

        public Plan store(Path other) {
            return new Plan(folder, other, tracer, javaOptions, options);
        }

        public Plan tracedBy(List<String> words) {
            return new Plan(folder, store, words, javaOptions, options);
        }

        public Plan javaOptions(String flags) {
            return new Plan(folder, store, tracer, flags, options);
        }

        /// Starts it and returns when it serves.
        public DrayServer start() throws IOException, InterruptedException {
            Background process = launch();
            try {
                process.await(
                        "the line that says where it serves",
                        PATIENCE,
                        () -> address(process).isPresent());
                return new DrayServer(process, address(process).orElseThrow());
            } catch (IOException | InterruptedException | RuntimeException | Error failure) {
                process.close();
                throw failure;
            }
        }

        /// Starts it for a run that ends by itself.
        public Background launch() throws IOException {
            List<String> command = new ArrayList<>(tracer);
            command.addAll(List.of(BuiltCommand.path(), "serve", "--store", store.toString()));
            if (!options.contains("--listen")) {
                command.addAll(List.of("--listen", "127.0.0.1:0"));
            }
            command.addAll(options);
            Map<String, String> environment = new HashMap<>();
            environment.put("HOME", folder.toString());
            environment.put("DRAY_JAVA_OPTS", javaOptions);
            return Background.start(folder, "serve", command, environment);
        }
    }

    /// An open server over `folder`.
    public static DrayServer start(Path folder) throws IOException, InterruptedException {
        return Plan.in(folder).start();
    }

    private static Optional<String> address(Background process) {
        try {
            Matcher line = SERVING.matcher(process.errors());
            return line.find() ? Optional.of(line.group(1)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Host and port.
    public String host() {
        return host;
    }

    public int port() {
        return Integer.parseInt(host.substring(host.lastIndexOf(':') + 1));
    }

    /// Its output on standard error.
    public String notices() throws IOException {
        return process.errors();
    }

    /// Waits for a line on standard error while sending requests, since an idle server checks no files.
    public void awaitNotice(String part) throws IOException, InterruptedException {
        process.await("\"" + part + "\"", PATIENCE, () -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
                socket.setSoTimeout((int) PATIENCE.toMillis());
                socket.getOutputStream().write(PING);
                socket.getInputStream().readAllBytes();
                return process.errors().contains(part);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /// The matching lines of its log so far; complete once it was stopped.
    public List<String> log(Predicate<String> wanted) throws IOException {
        return process.output().lines().filter(wanted).toList();
    }

    /// The exchanges in its log, one line each, without events.
    public List<String> exchanges() throws IOException {
        return log(line -> line.contains(" in=") && line.contains(" out="));
    }

    /// Stops it by SIGTERM, and returns its exit code. Its log is complete then.
    public int stop() throws InterruptedException {
        return process.stop(PATIENCE);
    }

    /// Stops it by `kill -9`.
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }
}
