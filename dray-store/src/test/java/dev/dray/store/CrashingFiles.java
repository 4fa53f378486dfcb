package dev.dray.store;

import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.ForwardingFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A disk whose power fails before its n-th change, and which then has only what was forced: of the rest each entry
/// of a directory and each byte at the end of a file may be there or not, in any combination, as POSIX allows.
///
/// The same seed gives losses that are alike, not the same: threads and the names of temporary folders have their say.
/// [#losingAll] leaves nothing to luck. Thread safe.
final class CrashingFiles extends ForwardingFiles {
    private final Random random;
    private final boolean all;
    private final Path graves;
    private int buried;
    private final List<Rename> unforcedDeletions = new ArrayList<>();
    private final Map<Path, Long> forcedLengths = new HashMap<>();
    private final Map<Path, Deque<Rename>> unforcedRenames = new HashMap<>();
    private int changesLeft;

    /// @param graves a folder for what was deleted and may come back
    /// @param changes how many changes succeed before the power fails
    CrashingFiles(FileOperations files, Path graves, long seed, int changes) {
        this(files, graves, seed, changes, false);
    }

    private CrashingFiles(FileOperations files, Path graves, long seed, int changes, boolean all) {
        super(files);
        this.all = all;
        this.graves = graves;
        this.random = new Random(seed);
        this.changesLeft = changes;
    }

    /// A disk that loses all that was not forced.
    static CrashingFiles losingAll(FileOperations files, Path graves, int changes) {
        return new CrashingFiles(files, graves, 0, changes, true);
    }

    private boolean loses() {
        return all || random.nextBoolean();
    }

    private record Rename(Path from, Path to) {}

    private synchronized void change() throws IOException {
        if (changesLeft <= 0) {
            throw new IOException("the power is out");
        }
        changesLeft--;
    }

    @Override
    public WritableFile open(Path file) throws IOException {
        change();
        WritableFile opened = super.open(file);
        synchronized (this) {
            forcedLengths.putIfAbsent(file, opened.length());
        }
        return new TrackedFile(file, opened);
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        change();
        super.rename(from, to);
        Long forced = forcedLengths.remove(from);
        forcedLengths.put(to, forced == null ? 0L : forced);
        unforcedRenames.computeIfAbsent(to.getParent(), _ -> new ArrayDeque<>()).push(new Rename(from, to));
    }

    /// The name may come back with all that the file had.
    @Override
    public synchronized boolean delete(Path file) throws IOException {
        change();
        if (!Files.exists(file)) {
            return false;
        }
        Path grave = graves.resolve(Integer.toString(++buried));
        Files.createDirectories(graves);
        Files.move(file, grave, StandardCopyOption.REPLACE_EXISTING);
        unforcedDeletions.add(new Rename(file, grave));
        return true;
    }

    @Override
    public synchronized void force(Path folder) throws IOException {
        change();
        super.force(folder);
        unforcedRenames.remove(folder);
        unforcedDeletions.removeIf(deletion -> folder.equals(deletion.from().getParent()));
    }

    /// What the disk is found to have when the power is back.
    synchronized void losePower() throws IOException {
        changesLeft = 0;
        for (Map.Entry<Path, Long> file : forcedLengths.entrySet()) {
            if (Files.exists(file.getKey())) {
                loseEnd(file.getKey(), file.getValue());
            }
        }
        for (Rename deletion : unforcedDeletions) {
            if (loses() && !Files.exists(deletion.from())) {
                Files.move(deletion.to(), deletion.from());
            }
        }
        for (Deque<Rename> renames : unforcedRenames.values()) {
            for (Rename rename : renames) {
                if (loses() && Files.exists(rename.to())) {
                    Files.move(rename.to(), rename.from());
                }
            }
        }
    }

    private void loseEnd(Path path, long forced) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            long unforced = file.length() - forced;
            if (unforced <= 0) {
                return;
            }
            long from = all ? forced : forced + random.nextLong(unforced);
            switch (all ? 0 : random.nextInt(3)) {
                case 0 -> file.setLength(from);
                case 1 -> {
                    file.seek(from);
                    file.write(new byte[(int) Math.min(4096, file.length() - from)]);
                }
                default -> {
                    // this one came through
                }
            }
        }
    }

    private final class TrackedFile extends ForwardingFile {
        private final Path path;

        TrackedFile(Path path, WritableFile file) {
            super(file);
            this.path = path;
        }

        @Override
        public void write(ByteBuffer slab) throws IOException {
            change();
            super.write(slab);
        }

        @Override
        public void truncate(long length) throws IOException {
            change();
            super.truncate(length);
            synchronized (CrashingFiles.this) {
                forcedLengths.computeIfPresent(path, (_, forced) -> Math.min(forced, length));
            }
        }

        @Override
        public void force() throws IOException {
            change();
            long length = length();
            super.force();
            synchronized (CrashingFiles.this) {
                forcedLengths.put(path, length);
            }
        }
    }
}
