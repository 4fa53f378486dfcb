package dev.dray.store;

import static dev.dray.store.Samples.APP;
import static dev.dray.store.Samples.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.Digest;
import dev.dray.store.blob.Blob;
import dev.dray.store.blob.FinishOutcome;
import dev.dray.store.blob.FinishedBlob;
import dev.dray.store.blob.StagedBlob;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.filesystem.Disk;
import dev.dray.store.filesystem.ForwardingFiles;
import dev.dray.store.fixture.TestStores;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BlobsTest {
    @TempDir
    Path folder;

    private Store store;

    @BeforeEach
    void openStore() {
        store = TestStores.open(folder, StoreKind.REGISTRY);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16 << 10, (16 << 10) + 1, 3 << 20})
    void publishedBlobIsReadBackFromAnyOffset(int size) throws IOException {
        byte[] content = Samples.bytes(size, size);

        Digest digest = Samples.publish(store, APP, content);

        Blob blob = store.blobs().find(APP, digest).orElseThrow();
        assertThat(blob.size()).isEqualTo(size);
        assertThat(Samples.read(blob)).isEqualTo(content);
        try (InputStream rest = blob.open(size / 2)) {
            assertThat(rest.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, size / 2, size));
        }
    }

    @Test
    void blobThatIsFoundDamagedWhileItIsPublishedAgainGetsTheNewBytes() throws IOException {
        byte[] content = Samples.bytes(1, 100_000);
        Digest digest = Samples.publish(store, APP, content);
        Path damaged = store.blobs().find(APP, digest).orElseThrow().file().orElseThrow();
        FoundDamaged disk = new FoundDamaged(damaged, () -> {
            overwrite(damaged);
            store.catalog().change(tx -> tx.blobs().markDamaged(digest));
        });

        try (Store second = TestStores.open(
                folder, StoreKind.REGISTRY, StoreOptions.standard().withFiles(disk))) {
            Samples.publish(second, APP, content);
        }

        assertThat(disk.finding.get()).isEmpty();
        assertThat(row(digest).damaged()).isFalse();
        assertThat(Samples.read(store.blobs().find(APP, digest).orElseThrow())).isEqualTo(content);
    }

    private static void overwrite(Path file) {
        try {
            Files.write(file, new byte[100_000]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A disk on which somebody else finds a file damaged right after it was looked at first.
    private static final class FoundDamaged extends ForwardingFiles {
        private final Path damaged;
        private final AtomicReference<Optional<Runnable>> finding;

        FoundDamaged(Path damaged, Runnable finding) {
            super(Disk.standard());
            this.damaged = damaged;
            this.finding = new AtomicReference<>(Optional.of(finding));
        }

        @Override
        public OptionalLong length(Path file) throws IOException {
            OptionalLong length = super.length(file);
            if (file.equals(damaged)) {
                finding.getAndSet(Optional.empty()).ifPresent(Runnable::run);
            }
            return length;
        }
    }

    @Test
    void smallBlobMakesNoFile() throws IOException {
        Digest digest = Samples.publish(store, APP, Samples.bytes(1, 16 << 10));

        assertThat(row(digest).location()).isInstanceOf(BlobLocation.Inline.class);
        assertThat(files()).isEmpty();
        assertThat(store.blobs().find(APP, digest).orElseThrow().file()).isEmpty();
    }

    @Test
    void largeBlobIsOneFileNamedByDigestAndSequence() throws IOException {
        Digest digest = Samples.publish(store, APP, Samples.bytes(1, 20_000));

        Path file = store.blobs().find(APP, digest).orElseThrow().file().orElseThrow();
        assertThat(folder.relativize(file).toString())
                .matches("blobs/%s/%s\\.[0-9]+-[0-9]+".formatted(digest.hex().substring(0, 2), digest.hex()));
        assertThat(files()).containsExactly(file);
    }

    @Test
    void blobIsFoundOnlyWhereItIsLinked() {
        Digest digest = Samples.publish(store, APP, Samples.bytes(1, 10));

        assertThat(store.blobs().find(OTHER, digest)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 100_000})
    void sameBlobFromTwoRepositoriesIsKeptOnce(int size) throws IOException {
        byte[] content = Samples.bytes(1, size);
        Samples.publish(store, APP, content);
        List<Path> before = files();

        Digest digest = Samples.publish(store, OTHER, content);

        assertThat(files()).isEqualTo(before);
        assertThat(store.blobs().find(OTHER, digest)).isPresent();
    }

    @Test
    void announcedDigestThatDiffersIsAMismatchAndLeavesNothing() throws IOException {
        Digest announced = Digest.sha256(new byte[] {1});
        byte[] content = Samples.bytes(1, 50_000);
        try (StagedBlob staged = store.blobs().stage(Digest.Algorithm.SHA256)) {
            staged.write(ByteBuffer.wrap(content));

            assertThat(staged.finish(announced))
                    .isEqualTo(new FinishOutcome.Mismatch(announced, Digest.sha256(content), content.length));
        }
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 100_000})
    void digestOfAnotherAlgorithmIsCheckedToo(int size) throws IOException {
        byte[] content = Samples.bytes(1, size);
        Digest.Algorithm sha512 = Digest.Algorithm.SHA512;
        Digest expected = Digest.of(sha512, sha512.hasher().digest(content));
        try (StagedBlob staged = store.blobs().stage(Digest.Algorithm.SHA256)) {
            staged.write(ByteBuffer.wrap(content));
            FinishedBlob blob = Samples.complete(staged.finish(expected));
            store.blobs().publish(blob, tx -> tx.repository(APP).links().add(expected));
        }
        assertThat(Samples.read(store.blobs().find(APP, expected).orElseThrow()))
                .isEqualTo(content);
    }

    @Test
    void refusedPublishingLeavesNothing() throws IOException {
        byte[] content = Samples.bytes(1, 50_000);
        IllegalArgumentException refusal = new IllegalArgumentException("no");
        try (StagedBlob staged = store.blobs().stage(Digest.Algorithm.SHA256)) {
            staged.write(ByteBuffer.wrap(content));
            FinishedBlob blob = staged.finish();
            assertThatThrownBy(() -> store.blobs().publish(blob, tx -> {
                        throw refusal;
                    }))
                    .isSameAs(refusal);
        }
        assertThat(files()).isEmpty();
        store.catalog()
                .read(tx -> assertThat(tx.blobs().find(Digest.sha256(content)).isPresent()))
                .isFalse();
    }

    @Test
    void pushOfADamagedBlobHealsIt() throws IOException {
        byte[] content = Samples.bytes(1, 50_000);
        Digest digest = Samples.publish(store, APP, content);
        Path damaged = store.blobs().find(APP, digest).orElseThrow().file().orElseThrow();
        Files.write(damaged, Samples.bytes(2, 50_000));
        store.catalog().change(tx -> tx.blobs().markDamaged(digest));

        Samples.publish(store, OTHER, content);

        assertThat(Samples.read(store.blobs().find(APP, digest).orElseThrow())).isEqualTo(content);
        assertThat(row(digest).damaged()).isFalse();
        assertThat(damaged).doesNotExist();
    }

    @Test
    void pushOfABlobWhoseFileIsGoneHealsIt() throws IOException {
        byte[] content = Samples.bytes(1, 50_000);
        Digest digest = Samples.publish(store, APP, content);
        Files.delete(store.blobs().find(APP, digest).orElseThrow().file().orElseThrow());

        Samples.publish(store, APP, content);

        assertThat(Samples.read(store.blobs().find(APP, digest).orElseThrow())).isEqualTo(content);
    }

    @Test
    void finishedBlobIsPublishedOnce() {
        try (StagedBlob staged = store.blobs().stage(Digest.Algorithm.SHA256)) {
            FinishedBlob blob = staged.finish();
            store.blobs().publish(blob, tx -> true);
            assertThatThrownBy(() -> store.blobs().publish(blob, tx -> true)).isInstanceOf(IllegalStateException.class);
        }
    }

    private BlobTable.Row row(Digest digest) {
        return store.catalog().read(tx -> tx.blobs().find(digest)).orElseThrow();
    }

    private List<Path> files() throws IOException {
        return Samples.files(folder);
    }
}
