package dev.dray.benchmark;

import dev.dray.benchmark.stage.Figures;
import dev.dray.benchmark.stage.HttpLoad;
import dev.dray.benchmark.stage.RunningServer;
import dev.dray.model.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// Measures one running registry: large blobs, small durable pushes, requests per second, many concurrent uploads.
final class RegistryBenchmark {
    private static final long GIBIBYTE = 1L << 30;
    private static final long WARM_UP = 64L << 20;
    private static final int CLIENTS = 16;
    private static final int SMALL_WARM_UP = 1000;
    private static final int SMALL_PUSHES = 500;
    private static final long RATE_NANOS = 3_000_000_000L;

    private final Path payload;
    private final Figures figures;
    private final Random random = new Random();

    /// @param payload a file of at least 1 GiB of random bytes
    RegistryBenchmark(Path payload, Figures figures) {
        this.payload = payload;
        this.figures = figures;
    }

    void run(String who, RunningServer server) throws Exception {
        warmUp(server);
        largeBlob(who, server);
        patches(who, server);
        smallPushes(who, server);
        rates(who, server);
    }

    /// The same for all contenders: a registry runs for months, so one with a JIT compiler is measured warm.
    private void warmUp(RunningServer server) throws Exception {
        try (FileChannel file = FileChannel.open(payload);
                HttpLoad load = new HttpLoad(server.port())) {
            for (int i = 1; i <= 4; i++) {
                String digest = digest(file, i * WARM_UP);
                put(load, "bench/warm", digest, file, i * WARM_UP);
                load.drain("/v2/bench/warm/blobs/" + digest).expect(200);
            }
        }
    }

    private void largeBlob(String who, RunningServer server) throws Exception {
        try (FileChannel file = FileChannel.open(payload);
                HttpLoad load = new HttpLoad(server.port())) {
            String digest = digest(file, GIBIBYTE);
            double cpu = server.cpuSeconds();
            long start = System.nanoTime();
            put(load, "bench/large", digest, file, GIBIBYTE);
            figures.add("PUT 1 GiB, MB/s", who, megabytes(GIBIBYTE, start));
            figures.add("PUT, CPU s per GiB", who, server.cpuSeconds() - cpu);
            load.drain("/v2/bench/large/blobs/" + digest).expect(200);
            cpu = server.cpuSeconds();
            start = System.nanoTime();
            for (int i = 0; i < 4; i++) {
                load.drain("/v2/bench/large/blobs/" + digest).expect(200);
            }
            figures.add("GET 1 GiB, MB/s", who, megabytes(4 * GIBIBYTE, start));
            figures.add("GET, CPU s per GiB", who, (server.cpuSeconds() - cpu) / 4);
            load.send("DELETE", "/v2/bench/large/blobs/" + digest);
        }
    }

    private void patches(String who, RunningServer server) throws Exception {
        try (FileChannel file = FileChannel.open(payload);
                HttpLoad load = new HttpLoad(server.port())) {
            String digest = digest(file, GIBIBYTE);
            long start = System.nanoTime();
            String location = load.send("POST", "/v2/bench/patches/blobs/uploads/")
                    .expect(202)
                    .header("Location");
            ByteBuffer chunk = ByteBuffer.allocateDirect(1 << 20);
            for (long offset = 0; offset < GIBIBYTE; offset += chunk.capacity()) {
                file.read(chunk.clear(), offset);
                location = load.patch(HttpLoad.relative(location), chunk.flip(), offset)
                        .expect(202)
                        .header("Location");
            }
            load.send("PUT", HttpLoad.withDigest(location, digest)).expect(201);
            figures.add("1 GiB in 1,024 PATCHes, MB/s", who, megabytes(GIBIBYTE, start));
            load.send("DELETE", "/v2/bench/patches/blobs/" + digest);
        }
    }

    private void smallPushes(String who, RunningServer server) throws Exception {
        List<Double> times = new ArrayList<>();
        try (HttpLoad load = new HttpLoad(server.port())) {
            for (int i = 0; i < SMALL_WARM_UP + SMALL_PUSHES; i++) {
                byte[] blob = new byte[4096];
                random.nextBytes(blob);
                String digest = digest(blob);
                long start = System.nanoTime();
                String location = load.send("POST", "/v2/bench/small/blobs/uploads/")
                        .expect(202)
                        .header("Location");
                load.send("PUT", HttpLoad.withDigest(location, digest), "application/octet-stream", blob)
                        .expect(201);
                if (i >= SMALL_WARM_UP) {
                    times.add((System.nanoTime() - start) / 1e6);
                }
            }
        }
        times.sort(null);
        figures.add("4 KiB push p50, ms", who, times.get(times.size() / 2));
        figures.add("4 KiB push p99, ms", who, times.get(times.size() * 99 / 100));
    }

    private void rates(String who, RunningServer server) throws Exception {
        byte[] config = "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}"
                .getBytes(StandardCharsets.UTF_8);
        String digest = digest(config);
        try (HttpLoad load = new HttpLoad(server.port())) {
            String location = load.send("POST", "/v2/bench/rates/blobs/uploads/")
                    .expect(202)
                    .header("Location");
            load.send("PUT", HttpLoad.withDigest(location, digest), "application/octet-stream", config)
                    .expect(201);
        }
        figures.add(
                "HEAD blob per s, 16 clients",
                who,
                rate(
                        server,
                        (load, _) -> load.send("HEAD", "/v2/bench/rates/blobs/" + digest)
                                .expect(200)));
        figures.add(
                "mount per s, 16 clients",
                who,
                rate(
                        server,
                        (load, n) -> load.send(
                                        "POST",
                                        "/v2/bench/mount-%d/blobs/uploads/?mount=%s&from=bench/rates"
                                                .formatted(n, digest))
                                .expect(201)));
        figures.add(
                "manifest PUT per s, 16 clients",
                who,
                rate(
                        server,
                        (load, n) -> load.send(
                                        "PUT",
                                        "/v2/bench/rates/manifests/tag-" + n,
                                        "application/vnd.oci.image.manifest.v1+json",
                                        manifest(digest, config.length, n))
                                .expect(201)));
    }

    private static byte[] manifest(String config, int size, long number) {
        return """
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":\
            "application/vnd.oci.image.config.v1+json","digest":"%s","size":%d},"layers":[],"annotations":{"n":"%d"}}\
            """.formatted(config, size, number).getBytes(StandardCharsets.UTF_8);
    }

    /// A numbered request of a rate measurement.
    @FunctionalInterface
    interface NumberedRequest {
        void send(HttpLoad load, long number) throws IOException;
    }

    private double rate(RunningServer server, NumberedRequest request) throws Exception {
        AtomicLong number = new AtomicLong(random.nextInt(1 << 20) * 1_000_000L);
        AtomicLong done = new AtomicLong();
        long start = System.nanoTime();
        inParallel(CLIENTS, _ -> {
            try (HttpLoad load = new HttpLoad(server.port())) {
                while (System.nanoTime() - start < RATE_NANOS) {
                    request.send(load, number.incrementAndGet());
                    done.incrementAndGet();
                }
            }
        });
        return done.get() / ((System.nanoTime() - start) / 1e9);
    }

    /// Peak and resting memory under many concurrent uploads; only for a private server.
    void memory(String who, RunningServer server) throws Exception {
        int uploads = 64;
        long size = 128L << 20;
        inParallel(uploads, i -> {
            try (FileChannel file = FileChannel.open(payload);
                    HttpLoad load = new HttpLoad(server.port())) {
                put(load, "bench/memory-" + i, digest(file, size), file, size);
            }
        });
        figures.add("64 uploads of 128 MiB, peak MiB", who, server.peakMebibytes());
        stalled(who, server, uploads, size);
        Thread.sleep(10_000);
        figures.add("at rest after them, MiB", who, server.residentMebibytes());
    }

    private void stalled(String who, RunningServer server, int uploads, long size) throws Exception {
        List<HttpLoad> open = new ArrayList<>();
        try (FileChannel file = FileChannel.open(payload)) {
            for (int i = 0; i < uploads; i++) {
                HttpLoad load = new HttpLoad(server.port());
                open.add(load);
                String location = load.send("POST", "/v2/bench/stalled/blobs/uploads/")
                        .expect(202)
                        .header("Location");
                load.startFile("PUT", HttpLoad.withDigest(location, digest(new byte[0])), file, size, size / 2);
            }
            Thread.sleep(3_000);
            figures.add("64 uploads stalled half-way, MiB", who, server.residentMebibytes());
        } finally {
            for (HttpLoad load : open) {
                load.close();
            }
        }
    }

    private static void put(HttpLoad load, String repository, String digest, FileChannel file, long size)
            throws IOException {
        String location = load.send("POST", "/v2/" + repository + "/blobs/uploads/")
                .expect(202)
                .header("Location");
        load.sendFile("PUT", HttpLoad.withDigest(location, digest), file, size).expect(201);
    }

    /// One piece of parallel work.
    @FunctionalInterface
    interface Work {
        void run(int number) throws Exception;
    }

    static void inParallel(int count, Work work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                running.add(threads.submit(() -> {
                    work.run(number);
                    return number;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
    }

    private static double megabytes(long bytes, long startNanos) {
        return bytes / 1e6 / ((System.nanoTime() - startNanos) / 1e9);
    }

    static String digest(byte[] bytes) throws Exception {
        return "sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    static String digest(FileChannel file, long length) throws IOException {
        MessageDigest hasher = Digest.Algorithm.SHA256.hasher();
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        for (long offset = 0; offset < length; offset += buffer.limit()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), length - offset));
            while (buffer.hasRemaining() && file.read(buffer, offset + buffer.position()) > 0) {
                // until the slab is full
            }
            hasher.update(buffer.flip());
        }
        return "sha256:" + HexFormat.of().formatHex(hasher.digest());
    }

    /// Makes a file of random bytes unless it is there.
    static void makePayload(Path file, long size) throws IOException {
        if (Files.exists(file) && Files.size(file) == size) {
            return;
        }
        byte[] slab = new byte[1 << 20];
        Random random = new Random(42);
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (long written = 0; written < size; written += slab.length) {
                random.nextBytes(slab);
                out.write(ByteBuffer.wrap(slab));
            }
        }
    }
}
