package dev.dray.benchmark;

import dev.dray.benchmark.stage.Contender;
import dev.dray.benchmark.stage.Figures;
import dev.dray.benchmark.stage.HttpLoad;
import dev.dray.benchmark.stage.RunningServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// GETs of one blob that a server of an engine's store rebuilds.
///
/// @param name of the compressor
/// @param mirror serves the store
/// @param work a folder of the run
/// @param target of the request
/// @param size of the blob
/// @param plain bytes of its tar
record RebuiltGet(String name, Contender mirror, Path work, String target, long size, long plain) {
    static final String GET = "GET";
    /// Columns of the table of first bytes.
    static final List<String> LATENCY =
            List.of("at the start", "first, 5 s later", "warm", "warm, range in the middle", "warm, slowest of all");
    /// Columns of the table of processors.
    static final List<String> PROCESSORS = List.of("GET, MB/s by processor time", "processors busy");
    /// Columns of the table of memory.
    static final List<String> MEMORY = List.of("at rest after the start", "peak", "peak, of each stream");

    private static final int PLACES = 10;
    private static final long WARM_UP_MILLIS = 5_000;
    /// Time for the server to notice that a reader disconnected.
    private static final long PAUSE_MILLIS = 300;

    /// The first request to a server, right after its start and after its warm-up.
    void cold(Figures latency) throws IOException, InterruptedException {
        try (RunningServer server = start()) {
            latency.add(name, LATENCY.get(0), firstByte(server, 0));
        }
        try (RunningServer server = start()) {
            Thread.sleep(WARM_UP_MILLIS);
            latency.add(name, LATENCY.get(1), firstByte(server, 0));
        }
    }

    /// First bytes and whole blobs from a server that has rebuilt the blob before.
    void warm(Figures latency, Figures speed, Figures processors) throws IOException, InterruptedException {
        try (RunningServer server = start()) {
            drain(server);
            double slowest = 0;
            for (int place = 0; place < PLACES; place++) {
                double beginning = firstByte(server, 0);
                double middle = firstByte(server, size * place / PLACES + 1);
                latency.add(name, LATENCY.get(2), beginning);
                latency.add(name, LATENCY.get(3), middle);
                slowest = Math.max(slowest, Math.max(beginning, middle));
            }
            latency.add(name, LATENCY.getLast(), slowest);
            double cpu = server.cpuSeconds();
            double seconds = drain(server);
            speed.add(name + ", MB/s by clock", GET, plain / 1e6 / seconds);
            double busy = server.cpuSeconds() - cpu;
            processors.add(name, PROCESSORS.get(0), plain / 1e6 / busy);
            processors.add(name, PROCESSORS.get(1), busy / seconds);
        }
    }

    /// The memory of concurrent rebuilds of different blobs, in a server's first minute.
    static void memory(List<RebuiltGet> gets, int streams, Figures memory) throws Exception {
        try (RunningServer server = gets.getFirst().start();
                ExecutorService threads = Executors.newFixedThreadPool(streams)) {
            double rest = server.residentMebibytes();
            List<Callable<Double>> work = new ArrayList<>();
            gets.subList(0, streams).forEach(get -> work.add(() -> get.drain(server)));
            for (Future<Double> done : threads.invokeAll(work)) {
                var _ = done.get();
            }
            double peak = server.peakMebibytes();
            String what = streams == 1 ? "1 GET" : streams + " GETs at once";
            memory.add(what, MEMORY.get(0), rest);
            memory.add(what, MEMORY.get(1), peak);
            memory.add(what, MEMORY.get(2), (peak - rest) / streams);
        }
    }

    private RunningServer start() throws IOException, InterruptedException {
        return RunningServer.start(mirror, work.resolve("mirror"));
    }

    /// Milliseconds from the call to the first byte.
    private double firstByte(RunningServer server, long from) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        try (HttpLoad load = new HttpLoad(server.port())) {
            load.firstByte(target, from);
            return (System.nanoTime() - begin) / 1e6;
        } finally {
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /// Seconds for the whole blob.
    private double drain(RunningServer server) throws IOException {
        long begin = System.nanoTime();
        try (HttpLoad load = new HttpLoad(server.port())) {
            load.drain(target).expect(200);
        }
        return (System.nanoTime() - begin) / 1e9;
    }
}
