package dev.dray.benchmark;

import dev.dray.benchmark.stage.Figures;
import dev.dray.client.ClientOptions;
import dev.dray.engine.Engine;
import dev.dray.engine.intake.ImageSettings;
import dev.dray.engine.intake.LayerInput;
import dev.dray.layer.tar.TarWriter;
import dev.dray.model.Reference;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// Wall time of `./dray images` over 100 images, compared with an empty Java program on the same JDK.
final class StartUpBenchmark {
    private static final int IMAGES = 100;
    private static final int RUNS = 21;

    private final Path repository;
    private final Figures figures;

    StartUpBenchmark(Path repository, Figures figures) {
        this.repository = repository;
        this.figures = figures;
    }

    void run(Path folder) throws Exception {
        Path store = folder.resolve("hundred");
        fill(store);
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path empty = empty(folder, java);
        List<String> own = List.of(repository.resolve("dray").toString(), "images", "--store", store.toString());
        List<String> bare = List.of(
                java.toString(),
                "-Xshare:auto",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                empty.toString(),
                "Empty");
        for (int i = 0; i < RUNS; i++) {
            figures.add("dray images, 100 images, ms", "dray", wall(own));
            figures.add("dray images, 100 images, ms", "empty Java program", wall(bare));
        }
    }

    private static Path empty(Path folder, Path java) throws Exception {
        Path source = folder.resolve("Empty.java");
        Files.writeString(source, "class Empty { public static void main(String[] a) {} }");
        Process javac = new ProcessBuilder(
                        java.resolveSibling("javac").toString(), "-d", folder.toString(), source.toString())
                .inheritIO()
                .start();
        if (javac.waitFor() != 0) {
            throw new IOException("javac failed");
        }
        return folder;
    }

    private static double wall(List<String> command) throws Exception {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(command + " failed");
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static void fill(Path store) throws IOException {
        try (Engine engine = Engine.open(store, ClientOptions.builder())) {
            for (int i = 0; i < IMAGES; i++) {
                byte[] tar = tar("image " + i);
                LayerInput layer = () -> new ByteArrayInputStream(tar);
                engine.build(
                        List.of(layer),
                        ImageSettings.of(List.of("ENV NUMBER=" + i)),
                        Reference.parse("localhost:5000/team-%d/app:%d".formatted(i % 10, i)));
            }
        }
    }

    private static byte[] tar(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        try (TarWriter writer = new TarWriter(bytes, Instant.EPOCH)) {
            writer.file("file", 0644, content.length, new ByteArrayInputStream(content));
        }
        return bytes.toByteArray();
    }
}
