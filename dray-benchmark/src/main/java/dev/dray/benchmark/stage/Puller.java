package dev.dray.benchmark.stage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// An engine that pulls: a program, and the folder of its data. Closing stops its processes.
public interface Puller extends AutoCloseable {
    /// Pulls an image from a registry of this host; measures from the program's start to its end.
    void pull(String image) throws IOException, InterruptedException;

    /// The folder of its data.
    Path kept();

    @Override
    default void close() throws IOException {}

    /// Starts a puller in an empty folder.
    @FunctionalInterface
    interface Start {
        Puller in(Path folder) throws IOException, InterruptedException;
    }

    /// Dray and the other engines, by their names in the tables.
    static SequencedMap<String, Start> engines(Path repository) {
        SequencedMap<String, Start> engines = new LinkedHashMap<>();
        engines.put("dray", folder -> dray(repository, folder));
        engines.put("docker overlay2", DaemonPuller::docker);
        engines.put("containerd", DaemonPuller::containerd);
        engines.put("podman overlay", Puller::podman);
        return engines;
    }

    /// `./dray pull` with additional options.
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

    /// A program that takes the image as its last argument.
    static Puller of(List<String> command, Path kept) {
        return new Puller() {
            @Override
            public void pull(String image) throws IOException, InterruptedException {
                List<String> words = new ArrayList<>(command);
                words.add(image);
                var _ = Commands.answer(words);
            }

            @Override
            public Path kept() {
                return kept;
            }
        };
    }
}
