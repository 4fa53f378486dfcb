package dev.dray.store.collect;

import dev.dray.store.catalog.Catalog;
import dev.dray.store.catalog.ProcessId;
import dev.dray.store.catalog.Transaction;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.Layout;
import dev.dray.store.filesystem.ProcessLocks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Removes the remains of processes that died: files without a row, leases, the binding of uploads.
///
/// A file of a living process is never touched, for its row may be on the way. Whether a process lives is
/// asked before whether its file has a row: once it is dead, the answer cannot change.
public final class Orphans {
    private final Catalog catalog;
    private final FileOperations files;
    private final Layout layout;
    private final ProcessLocks locks;

    public Orphans(Catalog catalog, FileOperations files, Layout layout, ProcessLocks locks) {
        this.catalog = catalog;
        this.files = files;
        this.layout = layout;
        this.locks = locks;
    }

    /// Removes everything of processes that have died since the store was last opened: what their own end would
    /// have removed.
    public void sweepDead() throws IOException {
        List<ProcessId> dead = dead();
        if (dead.isEmpty()) {
            return;
        }
        for (Path folder : folders()) {
            for (Path file : find(folder, dead::contains)) {
                files.delete(file);
            }
        }
        catalog.change(transaction -> dead.forEach(transaction.processes()::remove));
        for (ProcessId process : dead) {
            locks.forget(process.toString());
        }
    }

    /// Frees files that no row names, those that a killed collection has left among them.
    void sweep(CollectRun run) throws IOException {
        for (Path folder : folders()) {
            if (!run.pace().next()) {
                return;
            }
            for (Path file : find(folder)) {
                long size = files.length(file).orElse(0);
                run.unlink(file);
                run.tally()
                        .add(
                                CollectedKind.ORPHAN,
                                layout.folder().relativize(file).toString(),
                                size);
            }
        }
    }

    /// Processes that have a row and live no more.
    List<ProcessId> dead() throws IOException {
        List<ProcessId> dead = new ArrayList<>();
        for (ProcessId process :
                catalog.read(transaction -> transaction.processes().list())) {
            if (!locks.isAlive(process.toString())) {
                dead.add(process);
            }
        }
        return dead;
    }

    /// Every folder that may hold orphans.
    public List<Path> folders() {
        List<Path> folders = new ArrayList<>(layout.blobFolders());
        folders.add(layout.packs());
        folders.add(layout.staging());
        return folders;
    }

    /// The orphans of one folder, and files whose names no maker of ours gives.
    public List<Path> findWithStrangers(Path folder) throws IOException {
        List<Path> all = new ArrayList<>(find(folder));
        if (!folder.equals(layout.staging())) {
            for (Path file : files.folders().list(folder)) {
                if (Layout.owner(file).isEmpty()) {
                    all.add(file);
                }
            }
        }
        return all;
    }

    /// The orphans of one folder, of whatever process, however it ended: a collector that was killed leaves files
    /// of makers that ended well.
    List<Path> find(Path folder) throws IOException {
        Map<ProcessId, Boolean> gone = new HashMap<>();
        return find(folder, maker -> {
            Boolean known = gone.get(maker);
            if (known == null) {
                known = !locks.isAlive(maker.toString());
                gone.put(maker, known);
            }
            return known;
        });
    }

    @FunctionalInterface
    private interface Question {
        boolean isGone(ProcessId maker) throws IOException;
    }

    private List<Path> find(Path folder, Question question) throws IOException {
        List<Path> suspects = new ArrayList<>();
        for (Path file : files.folders().list(folder)) {
            Optional<ProcessId> maker = Layout.owner(file).map(ProcessId::new);
            boolean session = maker.isEmpty() && folder.equals(layout.staging());
            if (session || (maker.isPresent() && question.isGone(maker.get()))) {
                suspects.add(file);
            }
        }
        return suspects.isEmpty()
                ? suspects
                : catalog.read(transaction -> suspects.stream()
                        .filter(file -> !isOwned(transaction, folder, file))
                        .toList());
    }

    /// An upload's row is there before its file, so a file without one has ended; other staged files never have
    /// rows.
    private boolean isOwned(Transaction transaction, Path folder, Path file) {
        String name = Layout.name(file);
        if (folder.equals(layout.staging())) {
            return Layout.owner(file).isEmpty() && transaction.uploads().ownsFile(name);
        }
        return folder.equals(layout.packs())
                ? transaction.packs().ownsFile(name)
                : transaction.blobs().ownsFile(layout.blobs().relativize(file).toString());
    }
}
