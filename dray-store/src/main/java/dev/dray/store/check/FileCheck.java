package dev.dray.store.check;

import dev.dray.store.collect.Orphans;
import java.io.IOException;
import java.nio.file.Path;

/// Finds files that no row names and that no living process is about to name. A repair moves them into the folder
/// `quarantine`, from where only a person removes them.
record FileCheck(Examination examination, Orphans orphans) {
    void run() throws IOException {
        for (Path folder : orphans.folders()) {
            for (Path file : orphans.findWithStrangers(folder)) {
                long length = examination.files.length(file).orElse(0);
                String name = examination.layout.folder().relativize(file).toString();
                String what = "nobody knows these %d bytes".formatted(length);
                if (examination.options.repair()) {
                    Path to = quarantine(file);
                    examination.found(
                            Finding.Kind.FILE, name, what + "; moved to quarantine/" + to.getFileName(), true);
                } else {
                    examination.found(Finding.Kind.FILE, name, what, false);
                }
            }
        }
    }

    private Path quarantine(Path file) throws IOException {
        Path folder = examination.layout.quarantine();
        examination.files.folders().create(folder);
        Path target = folder.resolve(String.valueOf(file.getFileName()));
        for (int i = 1; examination.files.length(target).isPresent(); i++) {
            target = folder.resolve(file.getFileName() + "." + i);
        }
        examination.files.rename(file, target);
        return target;
    }
}
