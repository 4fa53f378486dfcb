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

/// The state of a home after a fault.
record StoreState(FaultStage stage) {
    /// The losses that the store's own check and the bytes reveal. A file that no row names any more is not a loss.
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

    /// Runs `dray fsck` over everything, as an administrator would.
    void checkByCommand() {
        Outcome checked = stage.dray().run("fsck", "--deep").succeeded();
        assertThat(checked.output()).contains("all is well");
    }

    /// Files of the store without a row, after a collection.
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

    /// The files written beside the store, with their digests; partial files excluded.
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
