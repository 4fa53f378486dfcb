package dev.dray.acceptance.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A small file system in memory. Needs root.
public final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    public static SmallDisk mount(Path folder, int megabytes) throws IOException {
        Files.createDirectories(folder);
        Peer.MOUNT
                .program()
                .run("-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString())
                .succeeded();
        return new SmallDisk(folder);
    }

    public Path folder() {
        return folder;
    }

    /// Fills it until only about `bytes` are left.
    public void leave(long bytes) throws IOException {
        long free = folder.toFile().getUsableSpace();
        Files.write(filler(), new byte[(int) Math.max(0, free - bytes)]);
    }

    /// Frees the filled space.
    public void free() throws IOException {
        Files.deleteIfExists(filler());
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    @Override
    public void close() {
        Program.of("umount").run(folder.toString()).succeeded();
    }
}
