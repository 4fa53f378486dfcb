package dev.dray.acceptance.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// containerd as a private daemon, without its Kubernetes plugins. Needs root.
public final class ContainerdDaemon implements AutoCloseable {
    private final Daemon daemon;
    private final Path folder;

    private ContainerdDaemon(Daemon daemon, Path folder) {
        this.daemon = daemon;
        this.folder = folder;
    }

    /// Starts one that stores images in `folder`.
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
        Daemon daemon = Daemon.start(
                folder, "containerd", command, () -> ctr(folder).run("version").exitCode() == 0);
        return new ContainerdDaemon(daemon, folder);
    }

    private static Path socket(Path folder) {
        return folder.resolve("sock");
    }

    /// Its command line.
    public Program ctr() {
        return ctr(folder);
    }

    private static Program ctr(Path folder) {
        return Peer.CTR.program().with("--address", socket(folder).toString());
    }

    /// Configures a mirror for the images of `host`.
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
        daemon.close();
    }
}
