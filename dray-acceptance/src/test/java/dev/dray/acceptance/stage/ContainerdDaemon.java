package dev.dray.acceptance.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// containerd as a private daemon, without what serves Kubernetes. Needs root.
public final class ContainerdDaemon implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Background process;
    private final Path folder;

    private ContainerdDaemon(Background process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /// Starts one whose images lie in `folder`.
    public static ContainerdDaemon start(Path folder) throws IOException, InterruptedException {
        Path config = Files.writeString(Files.createDirectories(folder).resolve("containerd.toml"), """
                version = 2
                root = "%s"
                state = "%s"
                disabled_plugins = ["io.containerd.grpc.v1.cri"]
                [grpc]
                  address = "%s"
                """.formatted(
                        folder.resolve("root"), folder.resolve("state"), socket(folder)));
        List<String> command = List.of(Peer.CONTAINERD.path().toString(), "--config", config.toString());
        ContainerdDaemon daemon =
                new ContainerdDaemon(Background.start(folder, "containerd", command, Map.of()), folder);
        try {
            daemon.process.await("containerd's answer to `ctr version`", PATIENCE, daemon::answers);
            return daemon;
        } catch (IOException | InterruptedException | RuntimeException | Error failure) {
            daemon.close();
            throw failure;
        }
    }

    private static Path socket(Path folder) {
        return folder.resolve("sock");
    }

    private boolean answers() {
        return ctr().run("version").exitCode() == 0;
    }

    /// Its command line.
    public Program ctr() {
        return Peer.CTR.program().with("--address", socket(folder).toString());
    }

    /// Has the images of `host` pulled from a mirror first.
    ///
    /// @param server the registry itself, as a URL
    /// @return the folder for `ctr images pull --hosts-dir`
    public Path mirrored(String host, String server, String mirror) throws IOException {
        Path hosts = folder.resolve("hosts");
        Files.writeString(
                Files.createDirectories(hosts.resolve(host)).resolve("hosts.toml"), """
                server = "%s"

                [host."http://%s"]
                  capabilities = ["pull", "resolve"]
                """.formatted(server, mirror));
        return hosts;
    }

    @Override
    public void close() {
        try {
            process.stopOutermost(PATIENCE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            process.close();
        }
    }
}
