package dev.dray.benchmark.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// An engine with a private daemon, which pulls for a command line.
public final class DaemonPuller implements Puller {
    private static final int PATIENCE_MILLIS = 30_000;

    private final Process daemon;
    private final Puller client;

    private DaemonPuller(Process daemon, Puller client) {
        this.daemon = daemon;
        this.client = client;
    }

    /// Docker Engine on overlay2.
    public static DaemonPuller docker(Path folder) throws IOException, InterruptedException {
        Path root = folder.resolve("root");
        Path socket = folder.resolve("docker.sock");
        return start(
                folder,
                socket,
                List.of(
                        "dockerd",
                        "--storage-driver=overlay2",
                        "--iptables=false",
                        "--bridge=none",
                        "--data-root=" + root,
                        "--exec-root=" + folder.resolve("exec"),
                        "--pidfile=" + folder.resolve("docker.pid"),
                        "--host=unix://" + socket),
                Puller.of(List.of("docker", "--host", "unix://" + socket, "pull", "--quiet"), root));
    }

    /// containerd with its overlayfs snapshots; the blobs stay beside them.
    static DaemonPuller containerd(Path folder) throws IOException, InterruptedException {
        Path root = folder.resolve("root");
        Path socket = folder.resolve("containerd.sock");
        Path config = Files.writeString(
                folder.resolve("containerd.toml"), """
                    version = 2
                    root = "%s"
                    state = "%s"
                    disabled_plugins = ["io.containerd.grpc.v1.cri"]
                    [grpc]
                      address = "%s"
                    """.formatted(root, folder.resolve("state"), socket));
        return start(
                folder,
                socket,
                List.of("containerd", "--config", config.toString()),
                Puller.of(List.of("ctr", "--address", socket.toString(), "images", "pull", "--plain-http"), root));
    }

    private static DaemonPuller start(Path folder, Path socket, List<String> command, Puller client)
            throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        Process daemon = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        for (int waited = 0; !Files.exists(socket); waited += 100) {
            if (waited > PATIENCE_MILLIS || !daemon.isAlive()) {
                daemon.destroyForcibly();
                throw new IOException(command.getFirst() + " did not start: " + Files.readString(log));
            }
            Thread.sleep(100);
        }
        return new DaemonPuller(daemon, client);
    }

    @Override
    public void pull(String image) throws IOException, InterruptedException {
        client.pull(image);
    }

    @Override
    public Path kept() {
        return client.kept();
    }

    @Override
    public void close() {
        daemon.destroy();
        daemon.onExit().join();
    }
}
