package dev.dray.benchmark.stage;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The duration of an operation in seconds, by wall clock and processor time.
public record Timed(double wall, double cpu) {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /// Work of the calling thread.
    public interface Work {
        void run() throws IOException;
    }

    /// Counts only the processor time of the calling thread, without that of the JIT compiler or the garbage
    /// collector.
    public static Timed of(Work work) throws IOException {
        long cpu = THREADS.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        work.run();
        return new Timed((System.nanoTime() - start) / 1e9, (THREADS.getCurrentThreadCpuTime() - cpu) / 1e9);
    }

    /// A program from start to end, with its user and system time.
    ///
    /// @param times a file for the shell's measurements
    public static Timed process(List<String> command, Path input, Path output, Path times)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(
                List.of("bash", "-c", "TIMEFORMAT='%R %U %S'; exec 3>&2 2>\"$0\"; time \"$@\" 2>&3", times.toString()));
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("LC_ALL", "C");
        if (builder.start().waitFor() != 0) {
            throw new IOException(command + " failed");
        }
        String[] seconds =
                Files.readString(times, StandardCharsets.UTF_8).strip().split(" ", -1);
        return new Timed(
                Double.parseDouble(seconds[0]), Double.parseDouble(seconds[1]) + Double.parseDouble(seconds[2]));
    }
}
