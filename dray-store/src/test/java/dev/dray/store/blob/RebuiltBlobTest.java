package dev.dray.store.blob;

import static dev.dray.store.Samples.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.image.Manifest;
import dev.dray.store.LayerSamples;
import dev.dray.store.Samples;
import dev.dray.store.Store;
import dev.dray.store.StoreKind;
import dev.dray.store.StoreOptions;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.catalog.PackTable;
import dev.dray.store.fixture.TestStores;
import dev.dray.store.layer.Proof;
import dev.dray.store.layer.SplitOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Blobs whose files were dropped, given back.
final class RebuiltBlobTest {
    private static final byte[] TAR = LayerSamples.tar(1, 120);
    private static final byte[] BLOB = LayerSamples.gzip(TAR);
    private static final Digest DIGEST = Digest.sha256(BLOB);

    @TempDir
    Path folder;

    private Instant now = Instant.now();
    private Store store;

    @BeforeEach
    void open() {
        store = TestStores.open(
                folder, StoreKind.ENGINE, StoreOptions.standard().withClock(() -> now));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void blobIsGivenBackFromAnyPlaceWhenItsFileIsGone() throws IOException {
        LayerSamples.splitWell(store, BLOB);
        LayerSamples.keepAsRecipe(store, BLOB);

        assertThat(Samples.files(folder)).isEmpty();
        assertThat(row().location()).isEqualTo(new BlobLocation.Rebuilt());
        Blob blob = store.blobs().find(APP, DIGEST).orElseThrow();
        assertThat(blob.size()).isEqualTo(BLOB.length);
        assertThat(blob.file()).isEmpty();
        for (int offset : new int[] {0, 1, 1_200_000, BLOB.length - 1, BLOB.length}) {
            assertThat(read(blob, offset))
                    .as("from %d", offset)
                    .isEqualTo(Arrays.copyOfRange(BLOB, offset, BLOB.length));
        }
    }

    @Test
    void uncompressedBlobSharesTheLayer() throws IOException {
        LayerSamples.splitWell(store, BLOB);
        LayerSamples.keepAsRecipe(store, BLOB);
        Digest plain = LayerSamples.keepAsRecipe(store, TAR);

        assertThat(Samples.files(folder)).isEmpty();
        assertThat(Samples.read(store.blobs().find(APP, plain).orElseThrow())).isEqualTo(TAR);
        assertThat(read(store.blobs().find(APP, plain).orElseThrow(), 2_000_001))
                .isEqualTo(Arrays.copyOfRange(TAR, 2_000_001, TAR.length));
    }

    @Test
    void proofSplitsTheBlobWhereNobodyDid() throws IOException {
        Samples.publish(store, APP, BLOB);

        assertThat(store.layers().prove(DIGEST)).isInstanceOf(Proof.Exact.class);

        assertThat(LayerSamples.tar(store, Digest.sha256(TAR), 0)).isEqualTo(TAR);
    }

    @Test
    void proofAfterSplittingDoesNotReadTheBlobTwice() throws IOException {
        SplitOutcome.Split split = LayerSamples.splitWell(store, BLOB);
        Samples.publish(store, APP, BLOB);

        assertThat(store.layers().prove(DIGEST, split)).isInstanceOfSatisfying(Proof.Exact.class, exact -> {
            assertThat(exact.recipe().encoder()).contains("zlib");
            assertThat(exact.recipe().digest()).isEqualTo(DIGEST);
        });
    }

    @Test
    void scanOfAnotherBlobProvesNothing() throws IOException {
        byte[] other = LayerSamples.gzip(LayerSamples.tar(2, 100));
        SplitOutcome.Split split = LayerSamples.splitWell(store, other);
        Samples.publish(store, APP, BLOB);

        assertThat(store.layers().prove(DIGEST, split)).isInstanceOf(Proof.Exact.class);
        assertThat(store.layers().dropFile(DIGEST)).isTrue();
        assertThat(Samples.read(store.blobs().find(APP, DIGEST).orElseThrow())).isEqualTo(BLOB);
    }

    @Test
    void blobThatNoEncoderMakesKeepsItsFileAndSaysWhy() throws IOException {
        byte[] random = Samples.bytes(1, 100_000);
        Digest digest = Samples.publish(store, APP, random);

        assertThat(store.layers().prove(digest))
                .isInstanceOfSatisfying(
                        Proof.Verbatim.class,
                        verbatim -> assertThat(verbatim.reason()).contains("no tar"));
        assertThat(store.layers().dropFile(digest)).isFalse();
        assertThat(store.catalog()
                        .read(tx -> tx.recipes().verdict(digest))
                        .orElseThrow()
                        .reason())
                .contains("no tar");
        assertThat(Samples.read(store.blobs().find(APP, digest).orElseThrow())).isEqualTo(random);
    }

    @Test
    void fileIsKeptWithoutAProof() throws IOException {
        LayerSamples.splitWell(store, BLOB);
        Samples.publish(store, APP, BLOB);

        assertThat(store.layers().dropFile(DIGEST)).isFalse();
        assertThat(Samples.files(folder)).hasSize(1);
    }

    @Test
    void fileOfAPinnedImageIsKept() throws IOException {
        Samples.publish(store, APP, BLOB);
        store.layers().prove(DIGEST);
        Manifest image = Samples.image(Digest.sha256(new byte[] {1}), List.of(DIGEST));
        Digest manifest = image.raw().sha256();
        store.catalog().change(tx -> {
            tx.repository(APP).manifests().put(manifest, image);
            tx.policies().pin(manifest);
        });

        assertThat(store.layers().dropFile(DIGEST)).isFalse();
        store.catalog().change(tx -> tx.policies().unpin(manifest));
        assertThat(store.layers().dropFile(DIGEST)).isTrue();
    }

    @Test
    void virtualThreadsMayAskForAnything() throws Exception {
        Samples.publish(store, APP, BLOB);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(threads.submit(() -> LayerSamples.split(store, BLOB)).get())
                    .isInstanceOf(SplitOutcome.Split.class);
            assertThat(threads.submit(() -> store.layers().prove(DIGEST)).get()).isInstanceOf(Proof.Exact.class);
            assertThat(threads.submit(() -> store.layers().dropFile(DIGEST)).get())
                    .isTrue();
            assertThat(threads.submit(() -> read(store.blobs().find(APP, DIGEST).orElseThrow(), 7))
                            .get())
                    .isEqualTo(Arrays.copyOfRange(BLOB, 7, BLOB.length));
        }
    }

    @Test
    void damagedPackStopsTheDropAndIsMendedByTheNextProof() throws IOException {
        Samples.publish(store, APP, BLOB);
        store.layers().prove(DIGEST);
        damage(packs().getFirst());
        now = now.plus(Duration.ofDays(1));

        assertThatThrownBy(() -> store.layers().dropFile(DIGEST))
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.CORRUPT));
        assertThat(row().location()).isInstanceOf(BlobLocation.File.class);
        assertThat(row().damaged()).isFalse();

        assertThat(store.layers().prove(DIGEST)).isInstanceOf(Proof.Exact.class);
        assertThat(store.layers().dropFile(DIGEST)).isTrue();
        assertThat(Samples.read(store.blobs().find(APP, DIGEST).orElseThrow())).isEqualTo(BLOB);
    }

    @Test
    void damageEndsTheStreamBeforeAnyWrongByteAndMarksTheBlob() throws IOException {
        LayerSamples.keepAsRecipe(store, BLOB);
        damage(packs().getFirst());
        byte[] got = new byte[BLOB.length];
        int count;

        try (InputStream stream = store.blobs().find(APP, DIGEST).orElseThrow().open(0)) {
            count = readUntilItFails(stream, got);
        }

        assertThat(count).isLessThan(BLOB.length);
        assertThat(Arrays.copyOf(got, count)).isEqualTo(Arrays.copyOf(BLOB, count));
        assertThat(row().damaged()).isTrue();
        assertThat(packs()).anySatisfy(pack -> assertThat(pack.damaged()).isTrue());
    }

    @Test
    void damagedBlobIsHealedByPublishingItAgain() throws IOException {
        LayerSamples.keepAsRecipe(store, BLOB);
        damage(packs().getFirst());
        assertThatThrownBy(() -> store.layers().verify(DIGEST)).isInstanceOf(DrayException.class);
        assertThat(row().damaged()).isTrue();

        LayerSamples.splitWell(store, BLOB);
        LayerSamples.keepAsRecipe(store, BLOB);

        assertThat(row().damaged()).isFalse();
        assertThat(Samples.files(folder)).isEmpty();
        assertThat(Samples.read(store.blobs().find(APP, DIGEST).orElseThrow())).isEqualTo(BLOB);
    }

    @Test
    void lostPackIsDamageToo() throws IOException {
        Samples.publish(store, APP, BLOB);
        store.layers().prove(DIGEST);
        store.layers().dropFile(DIGEST);
        Files.delete(folder.resolve("packs").resolve(packs().getFirst().file()));

        assertThatThrownBy(() -> store.layers().verify(DIGEST))
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.CORRUPT));
        assertThat(row().damaged()).isTrue();
    }

    @Test
    void damagedFileIsFoundByTheProof() throws IOException {
        Samples.publish(store, APP, BLOB);
        try (RandomAccessFile file =
                new RandomAccessFile(Samples.files(folder).getFirst().toFile(), "rw")) {
            file.seek(1_000_000);
            file.write(file.read() ^ 1);
        }

        assertThatThrownBy(() -> store.layers().prove(DIGEST)).hasMessageContaining("damaged");
        assertThat(row().damaged()).isTrue();
        assertThat(store.layers().dropFile(DIGEST)).isFalse();
    }

    @Test
    void fileIsMadeAgainAndTheRecipeCanGo() throws IOException {
        LayerSamples.splitWell(store, BLOB);
        LayerSamples.keepAsRecipe(store, BLOB);
        assertThat(store.layers().dropRecipe(DIGEST)).isFalse();

        store.layers().restoreFile(DIGEST);
        store.layers().restoreFile(DIGEST);

        assertThat(Samples.files(folder)).hasSize(1);
        assertThat(Files.readAllBytes(Samples.files(folder).getFirst())).isEqualTo(BLOB);
        assertThat(store.layers().dropRecipe(DIGEST)).isTrue();
        assertThat(store.layers().dropFile(DIGEST)).isFalse();
        assertThat(Samples.read(store.blobs().find(APP, DIGEST).orElseThrow())).isEqualTo(BLOB);
    }

    @Test
    void blobThatWasOpenedBeforeItsFileWentIsStillGiven() throws IOException {
        Samples.publish(store, APP, BLOB);
        store.layers().prove(DIGEST);
        Blob before = store.blobs().find(APP, DIGEST).orElseThrow();

        store.layers().dropFile(DIGEST);

        assertThat(read(before, 5)).isEqualTo(Arrays.copyOfRange(BLOB, 5, BLOB.length));
    }

    @Test
    void blobThatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> store.layers().prove(DIGEST))
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.NOT_FOUND));
        assertThatThrownBy(() -> store.layers().verify(DIGEST)).hasMessageContaining("no recipe");
    }

    private static int readUntilItFails(InputStream stream, byte[] target) {
        int count = 0;
        try {
            int read = stream.read(target, 0, target.length);
            while (read >= 0) {
                count += read;
                read = stream.read(target, count, target.length - count);
            }
            throw new AssertionError("it did not fail");
        } catch (IOException failed) {
            return count;
        }
    }

    /// Flips a bit in the middle of the frames.
    private void damage(PackTable.Row pack) throws IOException {
        Path path = folder.resolve("packs").resolve(pack.file());
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(file.length() / 2);
            int old = file.read();
            file.seek(file.length() / 2);
            file.write(old ^ 4);
        }
    }

    private List<PackTable.Row> packs() {
        return store.catalog().read(tx -> tx.packs().list(0, 100));
    }

    private BlobTable.Row row() {
        Optional<BlobTable.Row> row = store.catalog().read(tx -> tx.blobs().find(DIGEST));
        return row.orElseThrow();
    }

    private static byte[] read(Blob blob, long offset) throws IOException {
        try (InputStream stream = blob.open(offset)) {
            return stream.readAllBytes();
        }
    }
}
