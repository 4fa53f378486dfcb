package dev.dray.store.collect;

import java.io.IOException;
import java.nio.file.Path;

/// Frees files that no row names, those that a killed collection has left among them.
record OrphanSweep(CollectRun round, Orphans orphans) {
    void run() throws IOException {
        for (Path folder : orphans.folders()) {
            if (!round.pace().next()) {
                return;
            }
            for (Path file : orphans.find(folder)) {
                long size = round.files().length(file).orElse(0);
                round.unlink(file);
                String name = round.layout().folder().relativize(file).toString();
                round.tally().add(CollectedKind.ORPHAN, name, size);
            }
        }
    }
}
