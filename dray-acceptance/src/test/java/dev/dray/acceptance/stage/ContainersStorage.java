package dev.dray.acceptance.stage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Images of podman, buildah and skopeo, in a separate folder. Needs root.
public final class ContainersStorage implements AutoCloseable {
    /// Folders of a Debian system to make layers from; more than needed, since not every machine has all.
    private static final List<Path> FOLDERS = Stream.of(
                    "/etc/ssl",
                    "/usr/share/zoneinfo",
                    "/usr/share/perl",
                    "/usr/lib/systemd",
                    "/usr/share/common-licenses",
                    "/usr/lib/apt",
                    "/usr/share/bash-completion",
                    "/usr/share/perl5")
            .map(Path::of)
            .toList();

    private final Path root;
    private final Path runRoot;
    private final String driver;

    /// A folder with the overlay driver.
    public ContainersStorage(Path folder) {
        this(folder, "overlay");
    }

    /// @param driver of its layers: `overlay`, `vfs`
    public ContainersStorage(Path folder, String driver) {
        this.driver = driver;
        this.root = folder.resolve("containers");
        this.runRoot = folder.resolve("run");
    }

    /// The folder of its images.
    public Path root() {
        return root;
    }

    public Program podman() {
        return Peer.PODMAN.program().with(place());
    }

    public Program buildah() {
        return Peer.BUILDAH.program().with(place());
    }

    private String[] place() {
        return new String[] {"--root", root.toString(), "--runroot", runRoot.toString(), "--storage-driver", driver};
    }

    /// The address of an image of this storage for skopeo.
    public String address(String image) {
        return "containers-storage:[%s@%s+%s]%s".formatted(driver, root, runRoot, image);
    }

    /// Builds an image with buildah whose layers are real folders, one commit each, and returns its name.
    public String buildFromFolders(int layers) {
        String image = "scratch";
        List<Path> folders =
                FOLDERS.stream().filter(Files::isDirectory).limit(layers).toList();
        if (folders.size() < layers) {
            throw new AssertionError("this machine has only " + folders);
        }
        for (int i = 0; i < layers; i++) {
            String container = buildah().run("from", image).succeeded().output().strip();
            String folder = folders.get(i).toString();
            buildah().run("copy", "--quiet", container, folder, folder).succeeded();
            image = "localhost/built:" + (i + 1);
            buildah().run("commit", "--quiet", "--rm", container, image).succeeded();
        }
        return image;
    }

    @Override
    public void close() {
        // podman keeps a private mount here, which would keep the folder from being removed
        Program.of("umount").run(root.resolve("overlay").toString());
        Program.of("rm", "-rf", "--one-file-system").run(root.toString(), runRoot.toString());
    }
}
