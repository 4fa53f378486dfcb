package dev.dray.acceptance.exact;

import com.github.luben.zstd.Zstd;
import dev.dray.acceptance.stage.ContainersStorage;
import dev.dray.acceptance.stage.DockerDaemon;
import dev.dray.acceptance.stage.Peer;
import dev.dray.acceptance.stage.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Twenty small images of a typical team: made by buildah, podman, docker, crane and compressors from folders of this
/// system, over shared bases, in several repositories of one registry. Needs root.
final class TwentyImages {
    private final Path folder;
    private final String host;
    private final List<String> names = new ArrayList<>();

    private TwentyImages(Path folder, String host) {
        this.folder = folder;
        this.host = host;
    }

    /// Makes them and pushes them to a registry.
    ///
    /// @return their names there, in the order of creation
    static List<String> push(Path folder, String host) throws Exception {
        TwentyImages images = new TwentyImages(Files.createDirectories(folder), host);
        images.byBuildahAndPodman();
        images.byCrane();
        images.byCompressors();
        images.byDocker();
        return List.copyOf(images.names);
    }

    private void byBuildahAndPodman() throws IOException {
        try (ContainersStorage storage = new ContainersStorage(folder, "vfs")) {
            storage.buildFromFolders(2);
            for (int version = 1; version <= 2; version++) {
                String target = named("base/os:" + version);
                storage.buildah()
                        .run(
                                "push",
                                "--quiet",
                                "--tls-verify=false",
                                "localhost/built:" + version,
                                "docker://" + target)
                        .succeeded();
            }
            for (String name : List.of("jobs/report:1", "jobs/nightly:1")) {
                String tar = tar(name.contains("report") ? "usr/lib/apt" : "usr/share/common-licenses")
                        .toString();
                storage.podman()
                        .run("import", "--quiet", tar, "localhost/" + name)
                        .succeeded();
                storage.podman()
                        .run("push", "--quiet", "--tls-verify=false", "localhost/" + name, named(name))
                        .succeeded();
            }
        }
    }

    private void byCrane() {
        append("team/web:1", "base/os:1", tar("usr/share/bash-completion"));
        append("team/api:1", "base/os:2", tar("usr/lib/systemd"));
        mutate("team/web:1", "team/web:2");
        mutate("team/web:1", "team/web:3");
        mutate("team/api:1", "team/api:2");
        for (int i = 1; i <= 4; i++) {
            mutate("team/api:1", "team/worker-" + i + ":1");
        }
        crane("cp", host + "/base/os:1", named("mirror/os:1"));
        crane("cp", host + "/team/web:1", named("mirror/web:1"));
    }

    /// One tar, compressed by three programs; the last one's output has no recipe.
    private void byCompressors() throws IOException {
        Path tar = tar("usr/share/common-licenses");
        for (String program : List.of("gzip", "pigz")) {
            Path file = folder.resolve(program + ".tar.gz");
            Program.of("sh", "-c", program + " -9 -n -c " + tar + " >" + file)
                    .run()
                    .succeeded();
            compressed("tools/" + program + ":1", file);
        }
        compressed("tools/zstd:1", Files.write(folder.resolve("tar.zst"), Zstd.compress(Files.readAllBytes(tar))));
    }

    private void byDocker() throws Exception {
        try (DockerDaemon daemon = DockerDaemon.start(folder.resolve("docker"))) {
            for (int version = 1; version <= 2; version++) {
                String name = named("legacy/shop:" + version);
                daemon.docker("any")
                        .run(
                                "import",
                                "--change",
                                "ENV VERSION=" + version,
                                tar("etc/ssl").toString(),
                                name)
                        .succeeded();
                daemon.docker("any").run("push", "--quiet", name).succeeded();
            }
        }
    }

    private void compressed(String name, Path file) {
        crane("append", "--oci-empty-base", "-f", file.toString(), "-t", named(name));
    }

    private void append(String name, String base, Path layer) {
        crane("append", "-b", host + "/" + base, "-f", layer.toString(), "-t", named(name));
    }

    /// The same layers with another config.
    private void mutate(String of, String name) {
        crane("mutate", host + "/" + of, "--label", "name=" + name, "-t", named(name));
    }

    private static void crane(String... words) {
        Peer.CRANE.program().run(words).succeeded();
    }

    private String named(String name) {
        names.add(host + "/" + name);
        return names.getLast();
    }

    private Path tar(String path) {
        Path tar = folder.resolve(path.replace('/', '-') + ".tar");
        if (!Files.exists(tar)) {
            Program.of("tar")
                    .run("-C", "/", "--sort=name", "-cf", tar.toString(), path)
                    .succeeded();
        }
        return tar;
    }
}
