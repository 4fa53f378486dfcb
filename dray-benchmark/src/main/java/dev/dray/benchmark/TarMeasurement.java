package dev.dray.benchmark;

import dev.dray.layer.tar.ContentSink;
import dev.dray.layer.tar.TarSplitter;
import dev.dray.layer.tar.recipe.TarRecipeReader;
import dev.dray.layer.tar.recipe.TarSummary;
import dev.dray.model.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// Measures splitting by hand: `TarMeasurement FILE [ROUNDS]` prints the speed of each round by clock and by CPU, and
/// what
/// the recipe takes.
final class TarMeasurement {
    private TarMeasurement() {}

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (int round = 0; round < rounds; round++) {
            ByteArrayOutputStream recipe = new ByteArrayOutputStream();
            CountingSink sink = new CountingSink();
            long start = System.nanoTime();
            long busyBefore = threads.getCurrentThreadCpuTime();
            TarSummary summary;
            try (var in = Files.newInputStream(file)) {
                summary = TarSplitter.split(in, sink, recipe);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            double busy = (threads.getCurrentThreadCpuTime() - busyBefore) / 1e9;
            long beside = recipe.size() - 32 * summary.references();
            System.out.printf(
                    "%.0f MB/s, %.0f MB a CPU second, %d headers, %d references (%d distinct), recipe %d bytes, beside"
                            + " references %d = %.2f an entry%n",
                    summary.size() / seconds / 1e6,
                    summary.size() / busy / 1e6,
                    summary.headers(),
                    summary.references(),
                    sink.seen.size(),
                    recipe.size(),
                    beside,
                    (double) beside / Math.max(1, summary.headers()));
            if (round == rounds - 1) {
                TarRecipeReader reader = new TarRecipeReader(new ByteArrayInputStream(recipe.toByteArray()));
                while (reader.next().isPresent()) {}
                System.out.println("read again: " + reader.summary().orElseThrow());
            }
        }
    }

    private static final class CountingSink implements ContentSink {
        private final Set<Digest> seen = new HashSet<>();
        private final OutputStream nowhere = OutputStream.nullOutputStream();

        @Override
        public void begin() {}

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            nowhere.write(bytes, offset, length);
        }

        @Override
        public void end(Digest digest, long size) {
            seen.add(digest);
        }
    }
}
