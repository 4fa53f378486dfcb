package dev.dray.benchmark.stage;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A contender's process, and the kernel's figures about it. Closing stops it.
public final class RunningServer implements AutoCloseable {
    private static final double TICKS_PER_SECOND = 100;
    private static final int PATIENCE_MILLIS = 20_000;

    private final Process process;
    private final int port;

    private RunningServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    public static RunningServer start(Contender contender, Path folder) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Files.createDirectories(folder);
        Process process = new ProcessBuilder(contender.command(folder, port))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        RunningServer server = new RunningServer(process, port);
        server.awaitReady(folder);
        return server;
    }

    private void awaitReady(Path folder) throws IOException, InterruptedException {
        for (int waited = 0; waited < PATIENCE_MILLIS; waited += 50) {
            try (HttpLoad load = new HttpLoad(port)) {
                load.send("GET", "/v2/").expect(200);
                return;
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
        }
        process.destroyForcibly();
        throw new IOException("did not start: " + Files.readString(folder.resolve("log")));
    }

    public int port() {
        return port;
    }

    /// User and system time of the process so far.
    public double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) / TICKS_PER_SECOND;
    }

    /// Resident set now, in MiB.
    public double residentMebibytes() throws IOException {
        return status("VmRSS:");
    }

    /// Largest resident set so far, in MiB.
    public double peakMebibytes() throws IOException {
        return status("VmHWM:");
    }

    private double status(String field) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                        .filter(line -> line.startsWith(field))
                        .map(line -> line.replaceAll("[^0-9]", ""))
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElseThrow()
                / 1024.0;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
