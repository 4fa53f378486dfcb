package dev.dray.acceptance.stage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Another registry, with a private configuration and open to everybody: Debian's `docker-registry` (2.8), or CNCF
/// distribution 3.1.
public final class PeerRegistry implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Background process;
    private final int port;

    private PeerRegistry(Background process, int port) {
        this.process = process;
        this.port = port;
    }

    /// @param peer [Peer#DOCKER_REGISTRY] or [Peer#REGISTRY]
    public static PeerRegistry start(Peer peer, Path folder) throws IOException, InterruptedException {
        int port = freePort();
        Path config = Files.writeString(
                Files.createDirectories(folder).resolve("registry.yml"), """
                version: 0.1
                log: {level: info, accesslog: {disabled: false}}
                storage: {filesystem: {rootdirectory: %s}, delete: {enabled: true}}
                http: {addr: "127.0.0.1:%d"}
                """.formatted(folder.resolve("images"), port));
        List<String> command = List.of(peer.path().toString(), "serve", config.toString());
        Background process = Background.start(folder, "registry", command, Map.of("OTEL_TRACES_EXPORTER", "none"));
        try {
            process.await("the registry's port", PATIENCE, () -> accepts(port));
            return new PeerRegistry(process, port);
        } catch (IOException | InterruptedException | RuntimeException | Error failure) {
            process.close();
            throw failure;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    /// Host and port.
    public String host() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /// Stops it and returns its log.
    public String stop() throws IOException, InterruptedException {
        process.stop(PATIENCE);
        return process.output() + process.errors();
    }

    @Override
    public void close() {
        process.close();
    }
}
