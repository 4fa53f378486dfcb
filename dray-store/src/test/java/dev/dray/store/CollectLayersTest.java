package dev.dray.store;

import static dev.dray.store.Samples.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.layer.tar.TarWriter;
import dev.dray.model.Digest;
import dev.dray.model.image.Manifest;
import dev.dray.store.blob.Blob;
import dev.dray.store.blob.RebuiltBlob;
import dev.dray.store.catalog.ContentTable;
import dev.dray.store.catalog.PackTable;
import dev.dray.store.collect.CollectListener;
import dev.dray.store.collect.CollectOptions;
import dev.dray.store.collect.CollectReport;
import dev.dray.store.collect.CollectedKind;
import dev.dray.store.filesystem.Disk;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.ForwardingFiles;
import dev.dray.store.fixture.TestStores;
import dev.dray.store.layer.LayerSplit;
import dev.dray.store.layer.Proof;
import dev.dray.store.process.Lease;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a collection frees of layers that are kept as contents, and what it keeps.
final class CollectLayersTest {
    private static final CollectOptions AT_ONCE = CollectOptions.after(Duration.ZERO);

    @TempDir
    Path folder;

    private final HookedFiles files = new HookedFiles(Disk.standard());
    private Store store;

    @BeforeEach
    void open() {
        store = TestStores.open(
                folder, StoreKind.ENGINE, StoreOptions.standard().withFiles(files));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void allOfALayerGoesWithItsLastBlob() throws IOException {
        byte[] tar = LayerSamples.tar(1, 60);
        Digest gzip = LayerSamples.keepAsRecipe(store, LayerSamples.gzip(tar));
        Digest plain = LayerSamples.keepAsRecipe(store, tar);
        image(gzip);
        Digest second = image(plain);
        remove(second);

        CollectReport first = collect();
        assertThat(first.of(CollectedKind.REBUILT).count()).isEqualTo(1);
        assertThat(first.of(CollectedKind.LAYER).count()).isZero();
        assertRebuilt(gzip);
        remove(imageOf(gzip));
        CollectReport last = collect();

        assertThat(last.of(CollectedKind.LAYER).count()).isEqualTo(1);
        assertThat(last.of(CollectedKind.CONTENT).count()).isPositive();
        assertThat(last.of(CollectedKind.PACK).count()).isEqualTo(1);
        assertThat(packFiles()).isEmpty();
        assertThat(contents()).isEmpty();
    }

    @Test
    void dryRunReportsTheSameAndChangesNothing() throws IOException {
        Digest kept = LayerSamples.keepAsRecipe(store, LayerSamples.gzip(LayerSamples.tar(1, 60)));
        LayerSamples.keepAsRecipe(store, LayerSamples.gzip(LayerSamples.tar(2, 60)));
        LayerSamples.keepAsRecipe(store, LayerSamples.gzip(LayerSamples.tar(1, 80)));
        image(kept);
        List<ContentTable.Row> before = contents();

        CollectReport dry = store.collector()
                .collect(AT_ONCE.withDryRun(true), CollectListener.NONE)
                .orElseThrow();
        assertThat(contents()).isEqualTo(before);
        CollectReport real = collect();

        assertThat(dry).isEqualTo(real);
        assertThat(real.of(CollectedKind.LAYER).count()).isEqualTo(2);
        assertRebuilt(kept);
    }

    @Test
    void packThatIsMostlyDeadIsWrittenAnew() throws IOException {
        byte[] shared = LayerSamples.text(7, 300_000);
        Digest gone = LayerSamples.keepAsRecipe(store, LayerSamples.gzip(tar(shared, Samples.bytes(1, 2_000_000))));
        Digest kept = LayerSamples.keepAsRecipe(store, LayerSamples.gzip(tar(shared, Samples.bytes(2, 3_000))));
        image(kept);
        long before = packed();

        CollectReport report = collect();

        assertThat(report.of(CollectedKind.REPACKED).count()).isEqualTo(1);
        assertThat(before - packed()).isEqualTo(report.bytes()).isGreaterThan(1_900_000);
        assertThat(find(gone)).isEmpty();
        assertRebuilt(kept);
        assertThat(packFiles()).hasSameSizeAs(packs());
        assertThat(collect().amounts()).isEmpty();
    }

    @Test
    void packThatLosesAContentAndStaysIsOfAnotherGeneration() throws IOException {
        byte[] shared = Samples.bytes(7, 400_000);
        LayerSamples.keepAsRecipe(store, LayerSamples.gzip(tar(shared, Samples.bytes(1, 50_000))));
        Digest kept = LayerSamples.keepAsRecipe(store, LayerSamples.gzip(tar(shared)));
        image(kept);
        PackTable.Row before = packs().getFirst();

        assertThat(collect().of(CollectedKind.CONTENT).count()).isEqualTo(1);

        assertThat(packs().getFirst().id()).isEqualTo(before.id());
        assertThat(packs().getFirst().generation()).isGreaterThan(before.generation());
        assertRebuilt(kept);
    }

    @Test
    void readerGoesOnWhileItsPackIsWrittenAnew() throws IOException {
        byte[] shared = LayerSamples.text(7, 9_000_000);
        byte[] tar = tar(shared, Samples.bytes(2, 3_000));
        LayerSamples.keepAsRecipe(store, LayerSamples.gzip(tar(shared, Samples.bytes(1, 12_000_000))));
        Digest kept = LayerSamples.keepAsRecipe(store, tar);
        image(kept);
        try (InputStream reader = store.layers()
                .tar(store.layers().find(Digest.sha256(tar)).orElseThrow())
                .open(0)) {
            byte[] start = reader.readNBytes(2_000_000);

            assertThat(collect().of(CollectedKind.REPACKED).count()).isEqualTo(1);

            assertThat(start).isEqualTo(Arrays.copyOf(tar, start.length));
            assertThat(reader.readAllBytes()).isEqualTo(Arrays.copyOfRange(tar, start.length, tar.length));
        }
    }

    @Test
    void layerThatComesWhileOthersAreMarkedKeepsWhatItNeeds() throws IOException {
        LayerSamples.keepAsRecipe(store, LayerSamples.gzip(LayerSamples.tar(1, 60)));
        image(LayerSamples.keepAsRecipe(store, LayerSamples.gzip(LayerSamples.tar(2, 20))));
        AtomicReference<Digest> came = new AtomicReference<>();
        try (Store other = TestStores.open(folder, StoreKind.ENGINE)) {
            files.atNextRead = () -> {
                Digest digest = LayerSamples.keepAsRecipe(other, LayerSamples.gzip(LayerSamples.tar(1, 70)));
                image(digest);
                came.set(digest);
            };

            CollectReport report = collect();

            assertThat(report.of(CollectedKind.LAYER).count()).isEqualTo(1);
            assertThat(came.get()).isNotNull();
        }
        assertRebuilt(came.get());
    }

    @Test
    void splitterThatCountedOnWhatIsGoneSplitsAgain() throws IOException {
        Digest old = LayerSamples.keepAsRecipe(store, LayerSamples.gzip(LayerSamples.tar(1, 60)));
        byte[] blob = LayerSamples.gzip(LayerSamples.tar(1, 61));
        Digest digest = Digest.sha256(blob);
        try (Lease lease = store.lease();
                LayerSplit split = store.layers().split(digest, blob.length)) {
            lease.cover(List.of(digest));
            Samples.publish(store, APP, blob);
            split.write(blob);
            assertThat(collect().of(CollectedKind.PACK).count()).isEqualTo(1);
            split.finish();

            assertThat(store.layers().prove(digest)).isInstanceOf(Proof.Exact.class);
            assertThat(store.layers().dropFile(digest)).isTrue();
        }
        image(digest);
        collect();

        assertThat(find(old)).isEmpty();
        assertRebuilt(digest);
    }

    @Test
    void layerUnderALeaseStaysWithoutARecipe() throws IOException {
        byte[] blob = LayerSamples.gzip(LayerSamples.tar(1, 60));
        Digest diffId = Digest.sha256(LayerSamples.tar(1, 60));
        try (LayerSplit split = store.layers().split(Digest.sha256(blob), blob.length)) {
            split.write(blob);
            split.finish();
            assertThat(collect().amounts()).isEmpty();
            assertThat(store.layers().find(diffId)).isPresent();
        }
        assertThat(collect().of(CollectedKind.LAYER).count()).isEqualTo(1);
        assertThat(packFiles()).isEmpty();
    }

    @Test
    void freeingABlobFreesItsLayerAtOnce() throws IOException {
        Digest gone = LayerSamples.keepAsRecipe(store, LayerSamples.gzip(LayerSamples.tar(1, 60)));
        Digest kept = LayerSamples.keepAsRecipe(store, LayerSamples.gzip(LayerSamples.tar(2, 60)));
        image(kept);

        CollectReport report = store.collector()
                .free(List.of(gone, kept), CollectListener.NONE)
                .orElseThrow();

        assertThat(report.of(CollectedKind.PACK).count()).isEqualTo(1);
        assertThat(report.bytes()).isPositive();
        assertThat(packFiles()).hasSize(1);
        assertRebuilt(kept);
    }

    private static byte[] tar(byte[]... contents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarWriter tar = new TarWriter(bytes, Instant.EPOCH)) {
            for (int i = 0; i < contents.length; i++) {
                LayerSamples.file(tar, "file-" + i, contents[i]);
            }
        }
        return bytes.toByteArray();
    }

    private CollectReport collect() throws IOException {
        return store.collector().collect(AT_ONCE, CollectListener.NONE).orElseThrow();
    }

    private static Manifest manifest(Digest blob) {
        return Samples.image(blob, List.of(blob));
    }

    private static Digest imageOf(Digest blob) {
        return manifest(blob).raw().sha256();
    }

    private Digest image(Digest blob) {
        store.catalog().change(tx -> tx.repository(APP).manifests().put(imageOf(blob), manifest(blob)));
        return imageOf(blob);
    }

    private void remove(Digest manifest) {
        store.catalog().change(tx -> tx.repository(APP).manifests().delete(manifest));
    }

    private Optional<Blob> find(Digest blob) {
        return store.blobs().find(APP, blob);
    }

    private void assertRebuilt(Digest blob) throws IOException {
        assertThat(find(blob).orElseThrow()).isInstanceOf(RebuiltBlob.class);
        assertThat(Digest.sha256(Samples.read(find(blob).orElseThrow()))).isEqualTo(blob);
    }

    private List<PackTable.Row> packs() {
        return store.catalog().read(tx -> tx.packs().list(0, 100));
    }

    private List<ContentTable.Row> contents() {
        return store.catalog().read(tx -> tx.contents().list(Optional.empty(), 10_000));
    }

    private long packed() {
        return packs().stream().mapToLong(PackTable.Row::size).sum();
    }

    private List<Path> packFiles() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("packs"))) {
            return all.toList();
        }
    }

    /// A disk that does something else before a read of a pack, once.
    private static final class HookedFiles extends ForwardingFiles {
        private volatile Runnable atNextRead = () -> {};

        HookedFiles(FileOperations files) {
            super(files);
        }

        @Override
        public InputStream read(Path file, long offset) throws IOException {
            Runnable hook = atNextRead;
            atNextRead = () -> {};
            hook.run();
            return super.read(file, offset);
        }
    }
}
