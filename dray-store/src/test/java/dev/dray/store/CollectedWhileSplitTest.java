package dev.dray.store;

import static dev.dray.store.Samples.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import dev.dray.store.catalog.ContentTable;
import dev.dray.store.catalog.LayerTable;
import dev.dray.store.catalog.PackTable;
import dev.dray.store.catalog.PackTable.Extent;
import dev.dray.store.catalog.Transaction;
import dev.dray.store.filesystem.Disk;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.ForwardingFiles;
import dev.dray.store.fixture.TestStores;
import dev.dray.store.layer.Proof;
import dev.dray.store.layer.SplitOutcome;
import dev.dray.store.pack.PackFooter;
import dev.dray.store.pack.PackedObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is counted on or read goes or moves at the same moment.
final class CollectedWhileSplitTest {
    private static final byte[] OLD = LayerSamples.tar(1, 100);
    private static final byte[] NEW = LayerSamples.tar(1, 110);

    @TempDir
    Path folder;

    private final WatchedFiles files = new WatchedFiles(Disk.standard());
    private Store store;

    @BeforeEach
    void splitTheOldLayer() throws IOException {
        store = TestStores.open(
                folder, StoreKind.ENGINE, StoreOptions.standard().withFiles(files));
        LayerSamples.splitWell(store, OLD);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void splitThatCountedOnContentsThatWentSaysSoAndKeepsNothing() throws IOException {
        List<PackTable.Row> before = packs();
        files.beforeRename = () -> store.catalog().change(tx -> collect(tx, before));

        assertThat(LayerSamples.split(store, NEW)).isInstanceOf(SplitOutcome.Overtaken.class);

        files.beforeRename = () -> {};
        assertThat(packs()).isEmpty();
        assertThat(store.layers().find(Digest.sha256(NEW))).isEmpty();

        Digest blob = Samples.publish(store, APP, NEW);
        assertThat(store.layers().prove(blob)).isInstanceOf(Proof.Exact.class);
        assertThat(LayerSamples.tar(store, Digest.sha256(NEW), 0)).isEqualTo(NEW);
    }

    @Test
    void packThatLostOnlyOtherContentsDoesNotDisturb() throws IOException {
        List<PackTable.Row> before = packs();
        files.beforeRename = () -> store.catalog()
                .change(tx -> tx.packs().nextGeneration(before.getFirst().id()));

        assertThat(LayerSamples.split(store, NEW)).isInstanceOf(SplitOutcome.Split.class);

        assertThat(LayerSamples.tar(store, Digest.sha256(NEW), 0)).isEqualTo(NEW);
    }

    @Test
    void readersGoOnWhilePacksMove() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Callable<Integer> reading = () -> {
                int rounds = 0;
                while (!done.get() || rounds < 3) {
                    assertThat(slowly(Digest.sha256(OLD))).isEqualTo(OLD);
                    rounds++;
                }
                return rounds;
            };
            List<Future<Integer>> readers = List.of(threads.submit(reading), threads.submit(reading));
            try {
                for (int i = 0; i < 60; i++) {
                    move(packs().getFirst(), "9000-" + i + ".pack");
                }
            } finally {
                done.set(true);
            }
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        }
    }

    /// Frames are found again and again, as none is kept for long.
    private byte[] slowly(Digest diffId) throws IOException {
        byte[] bytes = new byte[OLD.length];
        LayerTable.Row row = store.layers().find(diffId).orElseThrow();
        try (InputStream stream = store.layers().tar(row).open(0)) {
            int count = 0;
            while (count < bytes.length) {
                count += stream.readNBytes(bytes, count, Math.min(50_000, bytes.length - count));
            }
        }
        return bytes;
    }

    private static void collect(Transaction tx, List<PackTable.Row> packs) {
        tx.layers().list(0, 10).forEach(layer -> tx.layers().delete(layer.id()));
        for (PackTable.Row pack : packs) {
            tx.packs().delete(pack.id());
        }
    }

    /// Repacks a pack of which everything lives.
    private void move(PackTable.Row pack, String name) throws IOException {
        Path from = folder.resolve("packs").resolve(pack.file());
        Files.copy(from, folder.resolve("packs").resolve(name));
        PackFooter footer = PackFooter.read(Disk.standard(), from);
        store.catalog().change(tx -> {
            long next = tx.packs().add(name, pack.size(), pack.rawSize(), Instant.now());
            for (PackedObject object : footer.objects()) {
                tx.contents().move(new ContentTable.Row(object.digest(), next, object.offset(), object.size()));
            }
            for (LayerTable.Row layer : tx.layers().list(0, 10)) {
                tx.layers()
                        .move(
                                layer.id(),
                                moved(layer.recipe(), pack.id(), next),
                                moved(layer.smalls(), pack.id(), next));
            }
            tx.packs().delete(pack.id());
        });
        Files.delete(from);
    }

    private static List<Extent> moved(List<Extent> extents, long from, long to) {
        return extents.stream()
                .map(extent -> extent.pack() == from ? new Extent(to, extent.offset(), extent.length()) : extent)
                .toList();
    }

    private List<PackTable.Row> packs() {
        return store.catalog().read(tx -> tx.packs().list(0, 100));
    }

    /// A disk on which something happens between the writing of packs and their row.
    private static final class WatchedFiles extends ForwardingFiles {
        private Runnable beforeRename = () -> {};

        WatchedFiles(FileOperations files) {
            super(files);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            if (to.toString().endsWith(".pack")) {
                beforeRename.run();
            }
            super.rename(from, to);
        }
    }
}
