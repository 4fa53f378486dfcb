package dev.dray.store.filesystem;

import dev.dray.model.Digest;
import dev.dray.store.filesystem.FileOperations.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Which file of a store is where. Names of blobs and of staged files carry the process that made them and a number
/// of its own, so they are never used twice, and an orphan shows whose it is.
public record Layout(Path folder) {
    private static final int BLOB_FOLDERS = 256;
    private static final Pattern OWNED = Pattern.compile("(?:[0-9a-f]+\\.)?([0-9]{1,18})-[0-9]{1,18}(?:\\.pack)?");
    private static final Set<String> ENTRIES = Set.of(
            "store.db",
            "store.db-wal",
            "store.db-shm",
            "store.db-journal",
            "blobs",
            "packs",
            "staging",
            "processes",
            "quarantine",
            "reserve",
            "lost+found");

    public Path database() {
        return folder.resolve("store.db");
    }

    public Path staging() {
        return folder.resolve("staging");
    }

    public Path processes() {
        return folder.resolve("processes");
    }

    public Path blobs() {
        return folder.resolve("blobs");
    }

    /// The place of whole files of contents.
    public Path packs() {
        return folder.resolve("packs");
    }

    /// Bytes of the disk that are kept for when it is full.
    public Path reserve() {
        return folder.resolve("reserve");
    }

    /// Where a check moves bytes that nobody knows. Made when it is needed.
    public Path quarantine() {
        return folder.resolve("quarantine");
    }

    /// @param sequence never used before
    public static String packName(String sequence) {
        return sequence + ".pack";
    }

    /// @param name as a row has it
    public Path blob(String name) {
        return blobs().resolve(name);
    }

    /// The folder of a blob's file.
    public Path folderOf(String name) {
        return blobs().resolve(name.substring(0, name.indexOf('/')));
    }

    /// @param sequence never used before
    public static String blobName(Digest digest, String sequence) {
        String hex = digest.hex();
        return hex.substring(0, 2) + "/" + hex + "." + sequence;
    }

    /// The process that made a file, by its name; empty for upload sessions, which belong to no process.
    public static Optional<Long> owner(Path file) {
        Matcher matcher = OWNED.matcher(name(file));
        return matcher.matches() ? Optional.of(Long.valueOf(matcher.group(1))) : Optional.empty();
    }

    public static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }

    /// True when `entry`, of the store's folder, is one of ours.
    public static boolean isOurs(Path entry) {
        return ENTRIES.contains(name(entry));
    }

    /// Makes all folders, durably; again is no error.
    public void create(Folders folders) throws IOException {
        folders.create(folder);
        folders.create(staging());
        folders.create(processes());
        folders.create(packs());
        folders.create(blobs());
        for (Path blobFolder : blobFolders()) {
            folders.create(blobFolder);
        }
        folders.force(blobs());
        folders.force(folder);
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            folders.force(parent);
        }
    }

    /// Every folder that holds blobs.
    public List<Path> blobFolders() {
        return IntStream.range(0, BLOB_FOLDERS)
                .mapToObj(i -> blobs().resolve(HexFormat.of().toHexDigits((byte) i)))
                .toList();
    }
}
