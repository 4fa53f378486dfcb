package dev.dray.acceptance.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// The user `nobody` with subordinate IDs, like a user who runs podman without root. This host's own `/etc/subuid`
/// stays unchanged: each program has its own mount namespace. Needs root.
public final class RootlessUser implements AutoCloseable {
    private static final String ID = "65534";
    private static final int FIRST_SUBORDINATE = 100_000;

    private final Path home;
    private final Path ids;

    private RootlessUser(Path home, Path ids) {
        this.home = home;
        this.ids = ids;
    }

    /// @param folder for the user's home; becomes readable by all
    public static RootlessUser in(Path folder) throws IOException {
        Path ids = Files.writeString(folder.resolve("ids"), "nobody:%d:65536%n".formatted(FIRST_SUBORDINATE));
        Path home = Files.createDirectory(folder.resolve("home"));
        for (String name : List.of("runtime", "data", "docker")) {
            Files.createDirectory(
                    home.resolve(name),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Program.of("chown", "-R", ID + ":" + ID, home.toString()).run().succeeded();
        return new RootlessUser(home, ids);
    }

    /// The same program run by this user.
    private Program run(Program program) {
        return program.behind(
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        "for i in subuid subgid; do mount --bind \"$0\" /etc/$i || exit; done; cd / && exec \"$@\"",
                        ids.toString(),
                        "setpriv",
                        "--reuid=" + ID,
                        "--regid=" + ID,
                        "--clear-groups")
                .with("HOME", home)
                .with("XDG_RUNTIME_DIR", home.resolve("runtime"));
    }

    /// podman without a store for its images.
    private Program podman() {
        return run(Peer.PODMAN.program());
    }

    /// podman with a separate store per driver. It refuses to keep its state below a path of more than 50 bytes.
    public Program podman(String driver) {
        return podman().with(
                        "--root",
                        root(driver).toString(),
                        "--runroot",
                        home.resolve("run-" + driver).toString(),
                        "--storage-driver",
                        driver);
    }

    /// The folder of that store's images.
    public Path root(String driver) {
        return home.resolve(driver);
    }

    /// The built command run by this user.
    public Program dray() {
        return run(BuiltCommand.at(home).program());
    }

    /// The same in the user namespace in which all files of this user's containers are readable.
    public Program unsharedDray() {
        Program dray = BuiltCommand.at(home).program();
        return run(dray.behind(Peer.PODMAN.path().toString(), "unshare"));
    }

    /// The owner on disk of a file that the image gives to `id`.
    public static int shifted(int id) {
        return FIRST_SUBORDINATE + id - 1;
    }

    /// Ends the process by which podman keeps the user namespace.
    @Override
    public void close() throws IOException {
        Path pause = home.resolve("runtime/libpod/tmp/pause.pid");
        if (Files.exists(pause)) {
            ProcessHandle.of(Long.parseLong(Files.readString(pause).strip())).ifPresent(ProcessHandle::destroy);
        }
    }
}
