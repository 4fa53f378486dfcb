package dev.dray.benchmark;

import dev.dray.benchmark.stage.CountingSink;
import dev.dray.benchmark.stage.Timed;
import dev.dray.layer.encoders.EncoderCatalog;
import dev.dray.layer.prove.GzipProver;
import dev.dray.layer.prove.GzipScan;
import dev.dray.layer.rebuild.GzipRebuilder;
import dev.dray.layer.recipe.GzipRecipe;
import dev.dray.model.ByteSource;
import dev.dray.model.RawBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Measurements in a separate process: the first identification, and a rebuild in a small heap.
final class LayerProbe {
    private LayerProbe() {}

    /// Prints one number. Arguments: `identify BLOB TAR` or `rebuild RECIPE TAR WORKERS`.
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[1]);
        Path tar = Path.of(arguments[2]);
        System.out.println(
                switch (arguments[0]) {
                    case "identify" -> identify(LayerBlob.scan(file), file, tar);
                    case "rebuild" -> rebuild(file, tar, Integer.parseInt(arguments[3]));
                    default -> throw new IllegalArgumentException("no probe \"%s\"".formatted(arguments[0]));
                });
    }

    /// Milliseconds to identify the encoder of a scanned blob.
    static double identify(GzipScan scan, Path blob, Path tar) throws IOException {
        GzipProver prover = new GzipProver(EncoderCatalog.standard(), 1);
        Timed timed = Timed.of(() -> {
            if (prover.identify(scan, ByteSource.of(blob), ByteSource.of(tar)).isEmpty()) {
                throw new IOException("no encoder for " + blob);
            }
        });
        return timed.wall() * 1e3;
    }

    private static double rebuild(Path recipe, Path tar, int workers) throws IOException {
        CountingSink sink = new CountingSink();
        GzipRecipe parsed = GzipRecipe.parse(RawBytes.copyOf(Files.readAllBytes(recipe)));
        new GzipRebuilder(EncoderCatalog.standard(), workers).rebuild(parsed, ByteSource.of(tar), sink);
        return sink.count();
    }

    /// Runs a probe in a fresh process.
    static double inProcess(List<String> flags, Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LayerProbe.class.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + " failed");
        }
        return Double.parseDouble(answer.strip());
    }
}
