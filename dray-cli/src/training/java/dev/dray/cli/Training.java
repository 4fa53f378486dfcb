package dev.dray.cli;

import dev.dray.cli.output.Terminal;
import dev.dray.http.HttpSettings;
import dev.dray.http.ListenAddress;
import dev.dray.layer.tar.TarWriter;
import dev.dray.registry.RegistryListener;
import dev.dray.registry.access.Admission;
import dev.dray.registry.server.EmbeddedRegistry;
import dev.dray.registry.server.RegistryServer;
import dev.dray.store.Store;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// The training runs from which the build makes the start-up caches: the caches hold the classes that these runs load.
/// `all` starts its own registry on the loopback interface, pulls layers that need proving, serves them from the store,
/// so that the hot methods are compiled early, and leaves an image for `local`, which runs the commands that only read
/// a store.
public final class Training {
    private static final int CONTENT = 100_000;
    /// Large enough for several segments of a rebuilt blob.
    private static final int LAYER = 6 << 20;

    private static final int FILE = 20_000;
    private static final String KEPT = "localhost/team/kept:1";

    private final CommandRunner runner;

    private Training(Path home) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        this.runner = new CommandRunner(new Terminal(nowhere, nowhere, false, 100), Map.of("HOME", home.toString()));
    }

    /// @param arguments the name of the run, and its working folder
    public static void main(String[] arguments) throws IOException {
        Path home = Files.createDirectories(Path.of(arguments[1]));
        Training training = new Training(home);
        if (arguments[0].equals("local")) {
            training.local();
            return;
        }
        try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            training.all(tar(home), registry.address());
            training.rebuild(layer(), registry.address(), home);
        }
    }

    private void rebuild(byte[] tar, String registry, Path home) throws IOException {
        String docker = registry + "/team/docker:1";
        String zlib = registry + "/team/zlib:1";
        TrainingImage.pushAsDocker(docker, tar);
        TrainingImage.pushAsZlib(zlib, tar);
        dray("pull", docker);
        dray("pull", zlib);
        dray("layers", "verify", "--all");
        HttpSettings loopback = HttpSettings.listen(new ListenAddress.Tcp("127.0.0.1", 0));
        try (Store store = Store.openExisting(home.resolve(".local/share/dray/engine"));
                RegistryServer mirror =
                        RegistryServer.mirror(store, Admission.open(), loopback, RegistryListener.silent())) {
            String other = home.resolve("other").toString();
            for (String image : List.of(docker, zlib)) {
                dray("pull", "--later", "--store", other, "--mirror", "http://" + mirror.address(), image);
            }
        }
        dray("rmi", docker, zlib);
    }

    private void all(Path tar, String registry) {
        String first = registry + "/team/app:1";
        String second = registry + "/other/app:1";
        dray("import", tar.toString(), first);
        dray("push", first);
        dray("tag", first, second, KEPT);
        dray("push", "--format", "json", second);
        dray("verify");
        dray("rmi", first);
        dray("pull", first);
        dray("copy", first, registry + "/copied/app:1");
        String archive = tar.resolveSibling("saved.tar").toString();
        dray("save", "-o", archive, KEPT);
        dray("load", "-i", archive);
        local();
    }

    private void local() {
        dray("--help");
        dray("images");
        dray("images", "--digests");
        dray("images", "--format", "json");
        dray("tag", KEPT, KEPT + "-again");
        dray("inspect", KEPT);
        dray("history", KEPT);
        dray("layers", "ls");
        dray("df");
        dray("rmi", KEPT + "-again");
    }

    private void dray(String... arguments) {
        if (runner.run(arguments) != 0) {
            throw new IllegalStateException("dray " + String.join(" ", arguments) + " failed");
        }
    }

    /// A layer of words in random order: it compresses about as well as programs do, and is the same every time.
    private static byte[] layer() throws IOException {
        Random random = new Random(LAYER);
        StringBuilder words = new StringBuilder(LAYER);
        while (words.length() < LAYER) {
            words.append(Integer.toString(random.nextInt(1 << random.nextInt(4, 31)), Character.MAX_RADIX))
                    .append(random.nextInt(9) == 0 ? '\n' : ' ');
        }
        byte[] content = words.toString().getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        try (TarWriter writer = new TarWriter(tar, Instant.EPOCH)) {
            writer.directory("layer");
            for (int at = 0; at < content.length; at += FILE) {
                int length = Math.min(FILE, content.length - at);
                writer.file("layer/" + at, 0644, length, new ByteArrayInputStream(content, at, length));
            }
        }
        return tar.toByteArray();
    }

    private static Path tar(Path folder) throws IOException {
        Path tar = folder.resolve("root.tar");
        try (TarWriter writer = new TarWriter(Files.newOutputStream(tar), Instant.EPOCH)) {
            writer.directory("root");
            writer.file("root/content", 0644, CONTENT, new ByteArrayInputStream(new byte[CONTENT]));
        }
        return tar;
    }
}
