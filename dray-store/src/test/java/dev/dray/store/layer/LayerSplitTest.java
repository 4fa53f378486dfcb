package dev.dray.store.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.layer.tar.TarWriter;
import dev.dray.model.Digest;
import dev.dray.store.LayerSamples;
import dev.dray.store.Samples;
import dev.dray.store.Store;
import dev.dray.store.StoreKind;
import dev.dray.store.catalog.PackTable;
import dev.dray.store.fixture.TestStores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LayerSplitTest {
    private static final byte[] TAR = LayerSamples.tar(1, 200);
    private static final byte[] BLOB = LayerSamples.gzip(TAR);

    @TempDir
    Path folder;

    private Store store;

    @BeforeEach
    void open() {
        store = TestStores.open(folder, StoreKind.ENGINE);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void layerIsReadBackFromAnyPlace() throws IOException {
        SplitOutcome.Split split = LayerSamples.splitWell(store, BLOB);

        assertThat(split.diffId()).isEqualTo(Digest.sha256(TAR));
        assertThat(split.size()).isEqualTo(TAR.length);
        assertThat(split.scan()).isPresent();
        for (int offset : new int[] {0, 1, 513, 2_000_000, TAR.length / 2, TAR.length - 1, TAR.length}) {
            assertThat(LayerSamples.tar(store, split.diffId(), offset))
                    .as("from %d", offset)
                    .isEqualTo(Arrays.copyOfRange(TAR, offset, TAR.length));
        }
    }

    @Test
    void layerIsReadBackAfterTheStoreWasClosed() throws IOException {
        LayerSamples.splitWell(store, BLOB);
        store.close();
        store = TestStores.open(folder, StoreKind.ENGINE);

        assertThat(LayerSamples.tar(store, Digest.sha256(TAR), 0)).isEqualTo(TAR);
    }

    @Test
    void uncompressedLayerIsSplitAsItIs() throws IOException {
        SplitOutcome.Split split = LayerSamples.splitWell(store, TAR);

        assertThat(split.scan()).isEmpty();
        assertThat(LayerSamples.tar(store, split.diffId(), 0)).isEqualTo(TAR);
    }

    @Test
    void contentsOfTwoLayersAreStoredOnce() throws IOException {
        byte[] larger = LayerSamples.tar(1, 220);
        LayerSamples.splitWell(store, BLOB);
        long before = packed();
        long contents = contents();

        LayerSamples.splitWell(store, LayerSamples.gzip(larger));

        assertThat(packed() - before).isLessThan(before / 5);
        assertThat(contents() - contents).isBetween(10L, 20L);
        assertThat(LayerSamples.tar(store, Digest.sha256(larger), 0)).isEqualTo(larger);
        assertThat(LayerSamples.tar(store, Digest.sha256(TAR), 0)).isEqualTo(TAR);
    }

    @Test
    void whoIsInterruptedLeavesNothingOfASplitThatIsGivenUp() throws Exception {
        byte[] large = LayerSamples.tar(1, 2_000);
        LayerSplit split = store.layers().split(Digest.sha256(large), large.length);
        split.write(large, 0, large.length - 1);
        for (int i = 0; i < 1_000 && staged().isEmpty(); i++) {
            Thread.sleep(10);
        }
        assertThat(staged()).isNotEmpty();

        Thread.currentThread().interrupt();
        split.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(staged()).isEmpty();
    }

    private List<Path> staged() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("staging"))) {
            return files.toList();
        }
    }

    @Test
    void sameLayerAgainAddsNothing() throws IOException {
        LayerSamples.splitWell(store, BLOB);
        List<Path> before = packFiles();

        LayerSamples.splitWell(store, LayerSamples.gzip(TAR));
        LayerSamples.splitWell(store, TAR);

        assertThat(packFiles()).isEqualTo(before);
        assertThat(packs()).hasSameSizeAs(before);
    }

    @Test
    void largeDuplicateIsTakenBackFromTheFile() throws IOException {
        byte[] large = Samples.bytes(5, 9_000_000);
        byte[] small = Samples.bytes(6, 50_000);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarWriter tar = new TarWriter(bytes, Instant.EPOCH)) {
            LayerSamples.file(tar, "one", large);
            LayerSamples.file(tar, "small", small);
            LayerSamples.file(tar, "two", large);
            LayerSamples.file(tar, "behind", Samples.bytes(7, 60_000));
        }

        SplitOutcome.Split split = LayerSamples.splitWell(store, bytes.toByteArray());

        assertThat(packed()).isLessThan(9_200_000);
        assertThat(LayerSamples.tar(store, split.diffId(), 0)).isEqualTo(bytes.toByteArray());
    }

    @Test
    void largeLayerSpansPacks() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarWriter tar = new TarWriter(bytes, Instant.EPOCH)) {
            for (int i = 0; i < 50; i++) {
                LayerSamples.file(tar, "file-" + i, Samples.bytes(i, 1_500_000 + i));
            }
        }

        SplitOutcome.Split split = LayerSamples.splitWell(store, bytes.toByteArray());

        assertThat(packs())
                .hasSizeGreaterThan(1)
                .allSatisfy(pack -> assertThat(pack.size()).isLessThan(40 << 20));
        assertThat(LayerSamples.tar(store, split.diffId(), 40_000_000))
                .isEqualTo(Arrays.copyOfRange(bytes.toByteArray(), 40_000_000, bytes.size()));
    }

    @Test
    void whatCannotBeSplitIsRefusedWithAReason() throws IOException {
        byte[] broken = Arrays.copyOf(BLOB, BLOB.length / 2);
        byte[] zstd = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0, 0};

        assertThat(refusal(broken)).contains("truncated");
        assertThat(refusal(zstd)).contains("zstd");
        assertThat(refusal(Samples.bytes(1, 5_000_000))).contains("no tar");
        assertThat(refusal(new byte[0])).contains("no tar");
        assertThat(packFiles()).isEmpty();
        assertThat(Samples.files(folder)).isEmpty();
    }

    @Test
    void closingWithoutTheEndLeavesNothing() throws IOException {
        try (LayerSplit split = store.layers().split(Digest.sha256(BLOB), BLOB.length)) {
            split.write(BLOB, 0, BLOB.length - 100);
        }

        assertThat(packFiles()).isEmpty();
        assertThat(Samples.files(folder)).isEmpty();
        assertThat(store.layers().find(Digest.sha256(TAR))).isEmpty();
    }

    @Test
    void endingTwiceIsRefused() throws IOException {
        try (LayerSplit split = store.layers().split(Digest.sha256(BLOB), BLOB.length)) {
            split.write(BLOB);
            split.finish();

            assertThatThrownBy(split::finish).isInstanceOf(IllegalStateException.class);
        }
    }

    private String refusal(byte[] blob) throws IOException {
        if (LayerSamples.split(store, blob) instanceof SplitOutcome.Refused(String reason)) {
            return reason;
        }
        throw new AssertionError("split");
    }

    private List<PackTable.Row> packs() {
        return store.catalog().read(transaction -> transaction.packs().list(0, 1000));
    }

    private long packed() {
        return packs().stream().mapToLong(PackTable.Row::size).sum();
    }

    private long contents() {
        return store.catalog().<Long>read(transaction -> transaction.contents().count());
    }

    private List<Path> packFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("packs"))) {
            return files.sorted().toList();
        }
    }
}
