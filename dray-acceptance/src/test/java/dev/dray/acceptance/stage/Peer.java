package dev.dray.acceptance.stage;

import java.nio.file.Files;
import java.nio.file.Path;

/// Another program that tests work with, installed by `scripts/install-peers`.
public enum Peer {
    DOCKERD("/usr/sbin/dockerd"),
    DOCKER("/usr/bin/docker"),
    PODMAN("/usr/bin/podman"),
    BUILDAH("/usr/bin/buildah"),
    SKOPEO("/usr/bin/skopeo"),
    CONTAINERD("/usr/bin/containerd"),
    CTR("/usr/bin/ctr"),
    DOCKER_REGISTRY("/usr/bin/docker-registry"),
    PIGZ("/usr/bin/pigz"),
    STRACE("/usr/bin/strace"),
    MOUNT("/usr/bin/mount"),
    REGISTRY(goProgram("registry")),
    CRANE(goProgram("crane")),
    REGCTL(goProgram("regctl")),
    ORAS(goProgram("oras"));

    private final Path path;

    Peer(String path) {
        this.path = Path.of(path);
    }

    Peer(Path path) {
        this.path = path;
    }

    private static Path goProgram(String name) {
        String folder =
                System.getenv().getOrDefault("PEERS_BIN", System.getProperty("user.home") + "/.cache/dray-peers/bin");
        return Path.of(folder, name);
    }

    boolean isInstalled() {
        return Files.isExecutable(path);
    }

    public Path path() {
        return path;
    }

    /// The program, without arguments.
    public Program program() {
        return Program.of(path.toString());
    }
}
