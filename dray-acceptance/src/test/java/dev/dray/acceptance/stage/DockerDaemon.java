package dev.dray.acceptance.stage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Docker Engine as a private daemon. Needs root.
public final class DockerDaemon implements AutoCloseable {
    private final Daemon daemon;
    private final Path folder;

    private DockerDaemon(Daemon daemon, Path folder) {
        this.daemon = daemon;
        this.folder = folder;
    }

    /// Starts one with the overlay2 driver that stores images in `folder`.
    ///
    /// @param options further options of `dockerd`
    public static DockerDaemon start(Path folder, String... options) throws IOException, InterruptedException {
        return withDriver("overlay2", folder, options);
    }

    /// @param driver of its layers: `overlay2`, `vfs`
    public static DockerDaemon withDriver(String driver, Path folder, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Peer.DOCKERD.path().toString(),
                "--storage-driver=" + driver,
                "--iptables=false",
                "--bridge=none",
                "--data-root=" + root(folder),
                "--exec-root=" + folder.resolve("docker-exec"),
                "--pidfile=" + folder.resolve("docker.pid"),
                "--host=" + socket(folder)));
        command.addAll(List.of(options));
        Daemon daemon = Daemon.start(
                folder,
                "dockerd",
                command,
                () -> docker(folder, "anonymous").run("version").exitCode() == 0);
        return new DockerDaemon(daemon, folder);
    }

    private static Path root(Path folder) {
        return folder.resolve("docker");
    }

    /// The folder of its images.
    public Path root() {
        return root(folder);
    }

    private static String socket(Path folder) {
        return "unix://" + folder.resolve("docker.sock");
    }

    /// Docker's command line for a user with separate logins.
    public Program docker(String user) {
        return docker(folder, user);
    }

    private static Program docker(Path folder, String user) {
        return Peer.DOCKER
                .program()
                .with("--host", socket(folder))
                .with("DOCKER_CONFIG", folder.resolve("logins-" + user))
                .variable("DOCKER_HOST", "");
    }

    /// The same, logged in to `host`.
    public Program loggedIn(String user, String host) {
        docker(user)
                .reading(UserFiles.password(user))
                .run("login", "--username", user, "--password-stdin", host)
                .succeeded();
        return docker(user);
    }

    @Override
    public void close() {
        daemon.close();
    }
}
