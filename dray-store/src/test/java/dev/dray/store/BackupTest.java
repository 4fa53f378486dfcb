package dev.dray.store;

import static dev.dray.store.Samples.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.Manifest;
import dev.dray.seeds.Seeds;
import dev.dray.store.blob.Blob;
import dev.dray.store.catalog.Manifests;
import dev.dray.store.check.CheckOptions;
import dev.dray.store.check.CheckReport;
import dev.dray.store.fixture.TestStores;
import dev.dray.store.upload.Upload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackupTest {
    @TempDir
    Path parent;

    private Path target;
    private Store store;

    @BeforeEach
    void open() {
        target = parent.resolve("backup");
        store = TestStores.open(parent.resolve("store"), StoreKind.ENGINE);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void copyOpensAsAStoreWithAllItsBytes() throws IOException {
        Digest file = Samples.publish(store, APP, Samples.bytes(1, 100_000));
        Digest inline = Samples.publish(store, APP, Samples.bytes(2, 100));
        Digest rebuilt = LayerSamples.keepAsRecipe(store, LayerSamples.gzip(LayerSamples.tar(1, 60)));
        Upload upload = store.uploads().start(APP, "ann", Duration.ofDays(1));
        upload.write(ByteBuffer.wrap(Samples.bytes(3, 50_000)));
        store.lease().cover(List.of(file));

        BackupReport report = store.backup(target);

        assertThat(report.files()).isEqualTo(2);
        assertThat(report.damaged()).isEmpty();
        try (Store copy = TestStores.openExisting(target)) {
            assertThat(copy.kind()).isEqualTo(StoreKind.ENGINE);
            for (Digest digest : List.of(file, inline, rebuilt)) {
                assertThat(Digest.sha256(
                                Samples.read(copy.blobs().find(APP, digest).orElseThrow())))
                        .isEqualTo(digest);
            }
            assertThat(copy.catalog()
                            .<Boolean>read(tx -> tx.uploads().find(upload.id()).isPresent()))
                    .isFalse();
            Samples.publish(copy, APP, Samples.bytes(4, 100_000));
            assertWell(copy);
        }
        assertThat(Files.exists(target.resolve("staging/store.db"))).isFalse();
    }

    @Test
    void onlyAnEmptyFolderIsTaken() throws IOException {
        Files.createDirectories(target);
        Files.writeString(target.resolve("thesis.tex"), "x");

        assertRefused(Kind.CONFLICT, target);
        assertRefused(Kind.INVALID, parent.resolve("store/copy"));
    }

    @Test
    void noCopyIsMadeWhileTheStoreIsCollected() throws IOException {
        store.collector().holdOff(() -> {
            assertRefused(Kind.UNAVAILABLE, target);
            return true;
        });
        assertThat(target).doesNotExist();
    }

    @Test
    void blobWithoutItsFileIsToldAndTheRestIsCopied() throws IOException {
        Digest lost = Samples.publish(store, APP, Samples.bytes(1, 100_000));
        Digest kept = Samples.publish(store, APP, Samples.bytes(2, 100_000));
        Files.delete(store.blobs().find(APP, lost).orElseThrow().file().orElseThrow());

        assertThat(store.backup(target).damaged()).containsExactly(lost);

        try (Store copy = TestStores.openExisting(target)) {
            assertThat(copy.catalog()
                            .<Boolean>read(
                                    tx -> tx.blobs().find(lost).orElseThrow().damaged()))
                    .isTrue();
            assertThat(Samples.read(copy.blobs().find(APP, kept).orElseThrow())).hasSize(100_000);
        }
    }

    @Test
    void everyCopyIsWholeWhileOthersWriteAndCollect() throws Exception {
        long seed = Seeds.of(BackupTest.class);
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(3);
                OtherProcess _ = OtherProcess.start("collect", store.folder())) {
            List<Future<?>> working = new ArrayList<>();
            CollectingWorkload blobs = new CollectingWorkload(store, seed, APP, List.of(APP));
            LayerWorkload layers = new LayerWorkload(store, seed + 1, RepositoryName.parse("layers"));
            working.add(threads.submit(() -> {
                while (!over.get()) {
                    blobs.step();
                }
                return true;
            }));
            working.add(threads.submit(() -> {
                while (!over.get()) {
                    layers.step();
                }
                return true;
            }));
            try {
                for (int i = 0; i < 4; i++) {
                    backUpAndCompare(parent.resolve("backup-" + i));
                }
            } finally {
                over.set(true);
            }
            for (Future<?> work : working) {
                work.get();
            }
        }
    }

    /// @return empty while the store is collected
    private Optional<BackupReport> backUp(Path folder) {
        try {
            return Optional.of(store.backup(folder));
        } catch (DrayException e) {
            assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
            return Optional.empty();
        }
    }

    private void backUpAndCompare(Path folder) throws Exception {
        assertThat(Steps.await("a backup", () -> backUp(folder)).damaged()).isEmpty();
        try (Store copy = TestStores.openExisting(folder)) {
            assertWell(copy);
            for (RepositoryName name : copy.catalog().read(tx -> tx.repositories(Optional.empty(), 10))) {
                for (Manifests.Stored manifest : copy.catalog()
                        .read(tx -> tx.repository(name).manifests().list(Optional.empty(), 100))) {
                    assertWhole(copy, name, manifest.parse());
                }
            }
        }
    }

    private static void assertWhole(Store copy, RepositoryName name, Manifest manifest) throws IOException {
        if (manifest instanceof Manifest.Image image) {
            for (var blob : image.blobs()) {
                Blob found = copy.blobs().find(name, blob.digest()).orElseThrow();
                assertThat(Digest.sha256(Samples.read(found))).isEqualTo(blob.digest());
            }
        }
    }

    private static void assertWell(Store copy) throws IOException {
        CheckReport report = copy.check().run(new CheckOptions(true, false));
        assertThat(report.findings()).isEmpty();
    }

    private void assertRefused(Kind kind, Path folder) {
        assertThatThrownBy(() -> store.backup(folder))
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
