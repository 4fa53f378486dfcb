package dev.dray.store;

import static dev.dray.store.Samples.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.filesystem.Disk;
import dev.dray.store.fixture.TestStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LayerFullDiskTest {
    private static final byte[] BLOB = LayerSamples.tar(1, 40);
    private static final Digest DIGEST = Digest.sha256(BLOB);

    @TempDir
    Path parent;

    private Path folder;

    private final SmallDisk disk = new SmallDisk(Disk.standard());
    private Store store;

    @BeforeEach
    void open() {
        folder = parent.resolve("store");
        store = TestStores.open(
                folder, StoreKind.ENGINE, StoreOptions.standard().withFiles(disk));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void nearlyFullDiskIsNoticedBeforeTheFirstByte() {
        disk.told = BLOB.length;

        assertOutOfSpace(() -> store.layers().split(DIGEST, BLOB.length));
    }

    @Test
    void splitThatDoesNotFitLeavesNothingWhereverTheDiskBecomesFull() throws IOException {
        for (long free : new long[] {0, 1, 50_000, 200_000, needed() - 1}) {
            disk.free = free;
            assertOutOfSpace(() -> LayerSamples.split(store, BLOB));
            assertThat(packs()).as("with %d free", free).isZero();
            assertThat(Samples.files(folder)).as("with %d free", free).isEmpty();
        }
        disk.free = Long.MAX_VALUE;

        LayerSamples.splitWell(store, BLOB);

        assertThat(LayerSamples.tar(store, DIGEST, 0)).isEqualTo(BLOB);
    }

    @Test
    void fileThatDoesNotFitIsNotMadeAndTheRecipeStays() throws IOException {
        LayerSamples.keepAsRecipe(store, BLOB);
        disk.free = 100_000;

        assertOutOfSpace(() -> store.layers().restoreFile(DIGEST));

        assertThat(Samples.files(folder)).isEmpty();
        assertThat(store.catalog()
                        .read(tx -> tx.blobs().find(DIGEST))
                        .orElseThrow()
                        .location())
                .isEqualTo(new BlobLocation.Rebuilt());
        assertThat(Samples.read(store.blobs().find(APP, DIGEST).orElseThrow())).isEqualTo(BLOB);
    }

    /// What the layer's pack takes.
    private long needed() throws IOException {
        try (Store other = TestStores.open(folder.resolveSibling("other"), StoreKind.ENGINE)) {
            LayerSamples.splitWell(other, BLOB);
            return other.catalog()
                    .<Long>read(tx -> tx.packs().list(0, 10).getFirst().size());
        }
    }

    private static void assertOutOfSpace(ThrowingCallable writing) {
        assertThatThrownBy(writing).isInstanceOfSatisfying(DrayException.class, e -> {
            assertThat(e.kind()).isEqualTo(DrayException.Kind.OUT_OF_SPACE);
            assertThat(e.advice()).isPresent();
        });
    }

    private long packs() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("packs"))) {
            return files.count();
        }
    }
}
