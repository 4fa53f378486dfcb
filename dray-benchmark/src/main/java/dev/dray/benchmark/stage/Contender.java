package dev.dray.benchmark.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A registry in the comparison, and its command line for a port over an empty folder.
public interface Contender {
    /// Name and version, for the tables.
    String name();

    /// The command line that serves `folder` on `port`, access log off.
    List<String> command(Path folder, int port) throws IOException;

    /// The built `./dray serve`.
    static Contender dray(Path repository) {
        return of("dray", (folder, port) -> serve(repository, folder.resolve("store"), port));
    }

    /// The same on the store of an engine, as a mirror.
    static Contender mirror(Path repository, Path store) {
        return of("dray", (_, port) -> serve(repository, store, port));
    }

    private static List<String> serve(Path repository, Path store, int port) {
        return List.of(
                repository.resolve("dray").toString(),
                "serve",
                "--no-access-log",
                "--listen",
                "127.0.0.1:" + port,
                "--store",
                store.toString());
    }

    /// CNCF distribution 3.1, the base of all ratios, or Debian's 2.8: the same configuration serves both.
    static Contender distribution(String name, Path program) {
        return of(name, (folder, port) -> {
            Path config = folder.resolve("config.yml");
            Files.writeString(config, """
                version: 0.1
                log: {level: error, accesslog: {disabled: true}}
                storage:
                  filesystem: {rootdirectory: %s}
                  delete: {enabled: true}
                http: {addr: "127.0.0.1:%d"}
                """.formatted(folder.resolve("data"), port));
            return List.of(program.toString(), "serve", config.toString());
        });
    }

    private static Contender of(String name, Start start) {
        return new Contender() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<String> command(Path folder, int port) throws IOException {
                return start.command(folder, port);
            }
        };
    }

    /// Makes a command line.
    @FunctionalInterface
    interface Start {
        List<String> command(Path folder, int port) throws IOException;
    }
}
