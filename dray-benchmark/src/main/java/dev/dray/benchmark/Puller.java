package dev.dray.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// An engine that pulls: a program, and where what it keeps lies. Closing stops what it runs.
interface Puller extends AutoCloseable {
    /// Pulls an image of a registry of this host, from the start of the program to its end.
    void pull(String image) throws IOException, InterruptedException;

    /// The folder of all that it keeps.
    Path kept();

    @Override
    default void close() throws IOException {}

    /// How a puller begins in an empty folder.
    @FunctionalInterface
    interface Start {
        Puller in(Path folder) throws IOException, InterruptedException;
    }

    /// `./dray pull` with more options.
    static Puller dray(Path repository, Path folder, String... options) {
        Path store = folder.resolve("store");
        List<String> command = new ArrayList<>(
                List.of(repository.resolve("dray").toString(), "pull", "--quiet", "--store", store.toString()));
        command.addAll(List.of(options));
        return of(command, store);
    }

    /// podman with its overlay driver.
    static Puller podman(Path folder) {
        Path root = folder.resolve("root");
        return of(
                List.of(
                        "podman",
                        "--root=" + root,
                        "--runroot=" + folder.resolve("run"),
                        "--storage-driver=overlay",
                        "pull",
                        "--quiet",
                        "--tls-verify=false"),
                root);
    }

    /// Docker Engine on overlay2, as a daemon of its own.
    static Puller docker(Path folder) throws IOException, InterruptedException {
        Path root = folder.resolve("root");
        String socket = "unix://" + folder.resolve("docker.sock");
        Process daemon = new ProcessBuilder(
                        "dockerd",
                        "--storage-driver=overlay2",
                        "--iptables=false",
                        "--bridge=none",
                        "--data-root=" + root,
                        "--exec-root=" + folder.resolve("exec"),
                        "--pidfile=" + folder.resolve("docker.pid"),
                        "--host=" + socket)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Puller client = of(List.of("docker", "--host", socket, "pull", "--quiet"), root);
        for (int i = 0; !Files.exists(folder.resolve("docker.sock")); i++) {
            if (i > 300 || !daemon.isAlive()) {
                throw new IOException("dockerd did not start: " + Files.readString(folder.resolve("log")));
            }
            Thread.sleep(100);
        }
        return new Puller() {
            @Override
            public void pull(String image) throws IOException, InterruptedException {
                client.pull(image);
            }

            @Override
            public Path kept() {
                return root;
            }

            @Override
            public void close() {
                daemon.destroy();
                daemon.onExit().join();
            }
        };
    }

    private static Puller of(List<String> command, Path kept) {
        return new Puller() {
            @Override
            public void pull(String image) throws IOException, InterruptedException {
                List<String> words = new ArrayList<>(command);
                words.add(image);
                Process process = new ProcessBuilder(words)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                if (process.waitFor() != 0) {
                    throw new IOException(words + " failed");
                }
            }

            @Override
            public Path kept() {
                return kept;
            }
        };
    }
}
