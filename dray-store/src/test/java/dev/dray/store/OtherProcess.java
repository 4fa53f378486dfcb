package dev.dray.store;

import static dev.dray.store.Samples.APP;

import dev.dray.model.Digest;
import dev.dray.store.collect.CollectListener;
import dev.dray.store.collect.CollectOptions;
import dev.dray.store.collect.CollectReport;
import dev.dray.store.fixture.TestStores;
import dev.dray.store.upload.Upload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A second JVM that works on a store, and is killed by the test that started it.
final class OtherProcess implements AutoCloseable {
    /// A process that hangs is killed then, and whoever waits for it goes on.
    private static final Duration MOST = Duration.ofMinutes(8);

    private final Process process;
    private final BufferedReader lines;
    /// Where it unpacks native libraries, which it leaves there when it is killed.
    private final Path temporary;

    private OtherProcess(Process process, Path temporary) {
        this.process = process;
        this.temporary = temporary;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
    }

    /// @param role what it does: a case of [#main]
    /// @param flags of the JVM
    static OtherProcess start(String role, Path store, String... flags) throws IOException {
        return start(role, store, 0, flags);
    }

    /// @param seed of what it does
    static OtherProcess start(String role, Path store, long seed, String... flags) throws IOException {
        Path temporary = Files.createTempDirectory("other-process");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-Dorg.sqlite.tmpdir=" + temporary,
                "-D%s=%s".formatted(TestStores.RERUN, Boolean.getBoolean(TestStores.RERUN))));
        command.addAll(List.of(flags));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName(),
                role,
                store.toString(),
                Long.toString(seed)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        CompletableFuture.delayedExecutor(MOST.toSeconds(), TimeUnit.SECONDS).execute(process::destroyForcibly);
        return new OtherProcess(process, temporary);
    }

    /// The next line that it prints.
    String line() throws IOException {
        String line = lines.readLine();
        if (line == null) {
            throw new AssertionError("the other process has ended");
        }
        return line;
    }

    /// What it has printed since, to its end.
    List<String> rest() {
        return lines.lines().toList();
    }

    void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    /// Kills it as `kill -9` does.
    void kill() {
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() throws IOException {
        kill();
        try (Stream<Path> left = Files.list(temporary)) {
            for (Path file : left.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(temporary);
    }

    static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        Store store = arguments[0].equals("collect")
                ? TestStores.openExisting(folder)
                : TestStores.open(folder, StoreKind.REGISTRY);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        switch (arguments[0]) {
            case "count" -> {
                for (int i = 0; i < ProcessesTest.COUNT; i++) {
                    ProcessesTest.countUp(store);
                }
                store.close();
            }
            case "hold" -> {
                store.lease().cover(List.of(ProcessesTest.LEASED));
                Upload upload = store.uploads().start(APP, "ann", Duration.ofDays(1));
                upload.write(ByteBuffer.wrap(ProcessesTest.CONTENT, 0, ProcessesTest.CONTENT.length / 2));
                out.println(upload.id());
                Thread.sleep(Duration.ofMinutes(5));
            }
            case "publish" -> {
                for (int i = 0; i < 4; i++) {
                    long seed = Long.parseLong(arguments[2]) + i;
                    Thread.ofPlatform().start(() -> publishForEver(store, seed, out));
                }
                Thread.sleep(Duration.ofMinutes(5));
            }
            case "collect" -> {
                while (true) {
                    out.println(store.collector()
                            .collect(CollectOptions.after(Duration.ZERO), CollectListener.NONE)
                            .map(CollectReport::bytes));
                }
            }
            case "prove" -> {
                out.println("ready");
                out.println(LayerProcessesTest.prove(store));
            }
            case "claim" -> {
                LayerProcessesTest.claim(store);
                out.println("claimed");
                Thread.sleep(Duration.ofMinutes(5));
            }
            case "keep" -> {
                for (int i = 0; i < 2; i++) {
                    long seed = Long.parseLong(arguments[2]) + i;
                    Thread.ofPlatform().start(() -> LayerProcessesTest.keepForEver(store, seed, out));
                }
                Thread.sleep(Duration.ofMinutes(5));
            }
            case "readers" -> {
                out.println(ManyReaders.read(store));
                store.close();
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void publishForEver(Store store, long seed, PrintStream out) {
        Random random = new Random(seed);
        while (true) {
            byte[] content = Samples.bytes(random.nextLong(), 17_000 + random.nextInt(300_000));
            Digest digest = Samples.publish(store, APP, content);
            out.println(digest);
        }
    }
}
