package dev.dray.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.Outcome;
import dev.dray.model.Digest;
import dev.dray.store.Store;
import dev.dray.store.catalog.PackTable;
import dev.dray.store.check.CheckOptions;
import dev.dray.store.check.Finding;
import dev.dray.store.collect.CollectListener;
import dev.dray.store.collect.CollectOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What is found in a home after a fault.
record StoreState(FaultStage stage) {
    /// What is not there of what must be there, as the store's own check says it and as the bytes say it. A file
    /// that no row names any more is no loss.
    List<String> lost(List<MadeImage> images) throws IOException {
        List<String> lost = new ArrayList<>();
        try (Store store = stage.openStore()) {
            store.check().run(new CheckOptions(true, false)).findings().stream()
                    .filter(finding -> finding.kind() != Finding.Kind.FILE)
                    .forEach(finding -> lost.add(finding.toString()));
            images.forEach(image -> lost.addAll(image.lost(store)));
        }
        return lost;
    }

    /// Has `dray fsck` look at everything, as an administrator would.
    void checkByCommand() {
        Outcome checked = stage.dray().run("fsck", "--deep").succeeded();
        assertThat(checked.output()).contains("all is well");
    }

    /// Files of the store that no row names, once it was collected.
    List<String> strays() throws IOException {
        try (Store store = stage.openStore()) {
            if (store.collector()
                    .collect(CollectOptions.after(Duration.ZERO), CollectListener.NONE)
                    .isEmpty()) {
                throw new AssertionError("somebody else collects");
            }
            TreeSet<String> packs = new TreeSet<>(names(stage.store().resolve("packs")));
            for (PackTable.Row pack :
                    store.catalog().read(transaction -> transaction.packs().list(0, 1000))) {
                packs.remove(pack.file());
            }
            List<String> strays = new ArrayList<>(packs);
            strays.addAll(names(stage.store().resolve("staging")));
            for (Path file : files(stage.store().resolve("blobs"))) {
                String name = stage.store().resolve("blobs").relativize(file).toString();
                if (!store.catalog().read(transaction -> transaction.blobs().ownsFile(name))) {
                    strays.add(name);
                }
            }
            return strays;
        }
    }

    /// The files that were written beside the store, with the digests of their bytes; drafts apart.
    Map<String, Digest> beside() throws IOException {
        Map<String, Digest> found = new TreeMap<>();
        if (Files.exists(stage.out())) {
            for (Path file : files(stage.out())) {
                if (!isDraft(file)) {
                    found.put(stage.out().relativize(file).toString(), Digest.sha256(Files.readAllBytes(file)));
                }
            }
        }
        return found;
    }

    /// The files in a folder of the store.
    List<Path> files(String kind) throws IOException {
        return files(stage.store().resolve(kind));
    }

    private static boolean isDraft(Path file) {
        return file.getFileName().toString().matches("\\..*\\.partial");
    }

    private static List<String> names(Path folder) throws IOException {
        return files(folder).stream().map(file -> file.getFileName().toString()).toList();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
