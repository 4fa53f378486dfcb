package dev.dray.store;

import dev.dray.store.catalog.Catalog;
import dev.dray.store.catalog.ProcessId;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.ProcessLocks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Removes what processes that died have left: files without a row, leases, the binding of uploads.
///
/// A file that a living process made is never looked at, for its row may be on the way. Whether a process lives is
/// asked before whether its file has a row: once it is dead, the answer cannot change.
record Orphans(Catalog catalog, FileOperations files, Layout layout, ProcessLocks locks) {

    void sweep() throws IOException {
        List<ProcessId> dead = new ArrayList<>();
        for (ProcessId process :
                catalog.read(transaction -> transaction.processes().list())) {
            if (!locks.isAlive(process.toString())) {
                dead.add(process);
            }
        }
        if (dead.isEmpty()) {
            return;
        }
        for (Path file : files.folders().list(layout.staging())) {
            if (isStagingOrphan(file, dead)) {
                files.delete(file);
            }
        }
        for (Path folder : layout.blobFolders()) {
            for (Path file : files.folders().list(folder)) {
                if (isBlobOrphan(file, dead)) {
                    files.delete(file);
                }
            }
        }
        for (Path file : files.folders().list(layout.packs())) {
            if (isPackOrphan(file, dead)) {
                files.delete(file);
            }
        }
        catalog.change(transaction -> dead.forEach(transaction.processes()::remove));
        for (ProcessId process : dead) {
            locks.forget(process.toString());
        }
    }

    /// An upload's row is there before its file, so a file without one has ended.
    private boolean isStagingOrphan(Path file, List<ProcessId> dead) {
        Optional<ProcessId> owner = Layout.owner(file).map(ProcessId::new);
        String name = Layout.name(file);
        return owner.map(dead::contains)
                .orElseGet(
                        () -> !catalog.read(transaction -> transaction.uploads().ownsFile(name)));
    }

    private boolean isBlobOrphan(Path file, List<ProcessId> dead) {
        String name = layout.blobs().relativize(file).toString();
        return isOf(dead, file)
                && !catalog.read(transaction -> transaction.blobs().ownsFile(name));
    }

    private boolean isPackOrphan(Path file, List<ProcessId> dead) {
        String name = Layout.name(file);
        return isOf(dead, file)
                && !catalog.read(transaction -> transaction.packs().ownsFile(name));
    }

    private static boolean isOf(List<ProcessId> dead, Path file) {
        return Layout.owner(file).map(ProcessId::new).map(dead::contains).orElse(false);
    }
}
