package dev.dray.store;

import static dev.dray.store.Samples.APP;
import static dev.dray.store.Samples.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.Manifest;
import dev.dray.store.collect.CollectListener;
import dev.dray.store.collect.CollectOptions;
import dev.dray.store.collect.CollectReport;
import dev.dray.store.collect.CollectedKind;
import dev.dray.store.fixture.TestStores;
import dev.dray.store.process.Lease;
import dev.dray.store.upload.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a collection frees, and what it keeps.
final class CollectTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Tag V1 = new Tag("v1");

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private Store store;

    @BeforeEach
    void open() {
        store = TestStores.open(
                folder, StoreKind.REGISTRY, StoreOptions.standard().withClock(now::get));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void blobsThatNothingReferencesGoAfterTheGrace() throws IOException {
        Digest large = blob(APP, 1, 100_000);
        Digest small = blob(APP, 2, 100);

        pass(DAY.minusMillis(1));
        assertThat(collect().amounts()).isEmpty();
        pass(Duration.ofMillis(1));
        CollectReport report = collect();

        assertThat(report.complete()).isTrue();
        assertThat(report.of(CollectedKind.FILE)).isEqualTo(new CollectReport.Amount(1, 100_000));
        assertThat(report.of(CollectedKind.INLINE)).isEqualTo(new CollectReport.Amount(1, 100));
        assertThat(report.of(CollectedKind.LINK).count()).isEqualTo(2);
        assertThat(Samples.files(folder)).isEmpty();
        assertThat(exists(large) || exists(small)).isFalse();
    }

    @Test
    void dryRunReportsTheSameAndChangesNothing() throws IOException {
        Digest gone = blob(APP, 1, 100_000);
        Digest kept = blob(APP, 2, 100_000);
        blob(OTHER, 3, 100);
        image(APP, Optional.of(V1), kept);
        image(APP, Optional.empty(), kept, gone);
        pass(DAY);
        List<Path> before = Samples.files(folder);
        List<String> announced = new ArrayList<>();
        List<String> told = new ArrayList<>();
        CollectOptions options = CollectOptions.after(DAY).withUntagged(true);

        CollectReport dry =
                collect(options.withDryRun(true), (kind, name, bytes) -> announced.add(kind + name + bytes));
        assertThat(Samples.files(folder)).isEqualTo(before);
        assertThat(exists(gone)).isTrue();
        CollectReport real = collect(options, (kind, name, bytes) -> told.add(kind + name + bytes));

        assertThat(real.amounts()).isNotEmpty();
        assertThat(dry).isEqualTo(real);
        assertThat(announced).isEqualTo(told).isNotEmpty();
    }

    @Test
    void blobOfAManifestStaysWithoutATag() throws IOException {
        Digest blob = blob(APP, 1, 100_000);
        image(APP, Optional.empty(), blob);
        pass(DAY.multipliedBy(400));

        assertThat(collect().amounts()).isEmpty();
        assertThat(store.blobs().find(APP, blob)).isPresent();
    }

    @Test
    void untaggedManifestsGoWhenAskedForAndTheirBlobsAGraceLater() throws IOException {
        Digest blob = blob(APP, 1, 100_000);
        Digest manifest = image(APP, Optional.empty(), blob);
        pass(DAY);

        CollectReport first = collect(CollectOptions.after(DAY).withUntagged(true), CollectListener.NONE);
        assertThat(first.of(CollectedKind.MANIFEST).count()).isEqualTo(1);
        assertThat(hasManifest(manifest)).isFalse();
        assertThat(exists(blob)).isTrue();
        pass(DAY);
        collect();

        assertThat(exists(blob)).isFalse();
    }

    @Test
    void childrenOfTaggedIndexesAndReferrersOfTaggedManifestsLive() throws IOException {
        Digest config = blob(APP, 1, 10);
        Digest child = image(APP, Optional.empty(), config);
        Digest index = put(APP, Optional.of(V1), Samples.index(List.of(child)));
        Digest referrer = put(APP, Optional.empty(), Samples.referrer(config, child));
        Digest ofReferrer = put(APP, Optional.empty(), Samples.referrer(config, referrer));
        Digest stray = put(APP, Optional.empty(), Samples.referrer(config, Digest.sha256(new byte[1])));
        pass(DAY);

        collect(CollectOptions.after(DAY).withUntagged(true), CollectListener.NONE);

        assertThat(List.of(child, index, referrer, ofReferrer)).allMatch(this::hasManifest);
        assertThat(hasManifest(stray)).isFalse();
    }

    @Test
    void pinnedManifestStaysWithoutATag() throws IOException {
        Digest pinned = image(APP, Optional.empty(), blob(APP, 1, 10));
        store.catalog().change(tx -> tx.policies().pin(pinned));
        pass(DAY);

        collect(CollectOptions.after(DAY).withUntagged(true), CollectListener.NONE);

        assertThat(hasManifest(pinned)).isTrue();
    }

    @Test
    void allOfAnUntaggedIndexGoesAtOnce() throws IOException {
        Digest config = blob(APP, 1, 10);
        List<Digest> children = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            children.add(image(APP, Optional.empty(), config, blob(APP, 10 + i, 5)));
        }
        put(APP, Optional.empty(), Samples.index(children));
        pass(DAY);

        CollectReport report = collect(CollectOptions.after(DAY).withUntagged(true), CollectListener.NONE);

        assertThat(report.of(CollectedKind.MANIFEST).count()).isEqualTo(121);
    }

    @Test
    void manifestWhoseTagHasMovedHasTheGraceToBeRead() throws IOException {
        Digest first = image(APP, Optional.of(V1), blob(APP, 1, 10));
        pass(DAY.multipliedBy(9));
        image(APP, Optional.of(V1), blob(APP, 2, 10));
        CollectOptions options = CollectOptions.after(DAY).withUntagged(true);

        collect(options, CollectListener.NONE);
        assertThat(hasManifest(first)).isTrue();
        pass(DAY);
        collect(options, CollectListener.NONE);

        assertThat(hasManifest(first)).isFalse();
    }

    @Test
    void manifestThatIsPutAgainHasTheGraceToBeTagged() throws IOException {
        Digest blob = blob(APP, 1, 10);
        Digest manifest = image(APP, Optional.empty(), blob);
        pass(DAY.multipliedBy(9));
        image(APP, Optional.empty(), blob);

        collect(CollectOptions.after(DAY).withUntagged(true), CollectListener.NONE);

        assertThat(hasManifest(manifest)).isTrue();
    }

    @Test
    void blobOfADeletedManifestHasTheGraceToBeReferencedAgain() throws IOException {
        Digest blob = blob(APP, 1, 10);
        Digest manifest = image(APP, Optional.of(V1), blob);
        pass(DAY.multipliedBy(9));
        store.catalog().change(tx -> tx.repository(APP).manifests().delete(manifest));

        assertThat(collect().amounts()).isEmpty();
        pass(DAY);

        assertThat(collect().of(CollectedKind.INLINE).count()).isEqualTo(1);
    }

    @Test
    void linkGoesWhereNoManifestReferencesTheBlobAndStaysWhereOneDoes() throws IOException {
        Digest blob = blob(APP, 1, 100_000);
        blob(OTHER, 1, 100_000);
        image(APP, Optional.of(V1), blob);
        pass(DAY);

        assertThat(collect().of(CollectedKind.LINK).count()).isEqualTo(1);
        assertThat(store.blobs().find(OTHER, blob)).isEmpty();
        assertThat(store.blobs().find(APP, blob)).isPresent();
    }

    @Test
    void linkThatWasJustMadeStaysForTheGrace() throws IOException {
        Digest blob = blob(APP, 1, 100_000);
        Digest manifest = image(APP, Optional.of(V1), blob);
        pass(DAY.multipliedBy(9));
        store.catalog().change(tx -> tx.repository(OTHER).links().add(blob));
        store.catalog().change(tx -> tx.repository(APP).manifests().delete(manifest));

        collect();

        assertThat(store.blobs().find(OTHER, blob)).isPresent();
    }

    @Test
    void leaseOfALivingProcessKeepsBlobAndLink() throws IOException {
        Digest blob = blob(APP, 1, 100_000);
        try (Lease lease = store.lease()) {
            lease.cover(List.of(blob));
            pass(DAY);
            assertThat(collect().amounts()).isEmpty();
            assertThat(store.collector()
                            .free(List.of(blob), CollectListener.NONE)
                            .orElseThrow()
                            .amounts())
                    .isEmpty();
        }
        assertThat(collect().of(CollectedKind.FILE).count()).isEqualTo(1);
    }

    @Test
    void freeingDoesNotWaitForTheGraceAndSparesWhatIsReferenced() throws IOException {
        Digest gone = blob(APP, 1, 100_000);
        Digest kept = blob(APP, 2, 100_000);
        Digest notNamed = blob(APP, 3, 100_000);
        image(APP, Optional.of(V1), kept);

        CollectReport report = store.collector()
                .free(List.of(gone, kept), CollectListener.NONE)
                .orElseThrow();

        assertThat(report.of(CollectedKind.FILE)).isEqualTo(new CollectReport.Amount(1, 100_000));
        assertThat(exists(gone)).isFalse();
        assertThat(exists(kept) && exists(notNamed)).isTrue();
    }

    /// Whatever step of the collection it is that the upload comes before.
    @Test
    void blobThatIsUploadedAgainWhileItIsCollectedStays() throws IOException {
        byte[] content = Samples.bytes(1, 100_000);
        AtomicBoolean uploaded = new AtomicBoolean(true);
        int present = 0;
        for (int step = 0; uploaded.get(); step++) {
            Digest digest = Samples.publish(store, APP, content);
            pass(DAY);
            uploaded.set(false);
            AtomicBoolean wasThere = new AtomicBoolean();
            collect(CollectOptions.after(DAY), beforeStep(step, () -> {
                wasThere.set(exists(digest));
                Samples.publish(store, APP, content);
                uploaded.set(true);
            }));
            if (uploaded.get()) {
                assertThat(Samples.read(store.blobs().find(APP, digest).orElseThrow()))
                        .as("uploaded before step %d", step)
                        .isEqualTo(content);
            }
            present += wasThere.get() ? 1 : 0;
        }
        assertThat(present).as("steps before the removal").isGreaterThan(1);
    }

    private static CollectListener beforeStep(int step, Runnable work) {
        return new CollectListener() {
            private int asked;

            @Override
            public void freed(CollectedKind kind, String name, long bytes) {}

            @Override
            public boolean goOn() {
                if (asked++ == step) {
                    work.run();
                }
                return true;
            }
        };
    }

    @Test
    void repositoryGoesWhenNothingIsInIt() throws IOException {
        blob(APP, 1, 10);
        Upload upload = store.uploads().start(OTHER, "ann", DAY);
        upload.write(java.nio.ByteBuffer.wrap(Samples.bytes(1, 20_000)));
        upload.close();
        pass(DAY);

        collect();
        assertThat(collect().of(CollectedKind.REPOSITORY).count()).isEqualTo(1);

        assertThat(store.catalog().<Boolean>read(tx -> tx.repository(APP).exists()))
                .isFalse();
        assertThat(store.catalog().<Boolean>read(tx -> tx.repository(OTHER).exists()))
                .isTrue();
    }

    @Test
    void fileWithoutARowGoesWhenItsMakerLivesNoMore() throws IOException {
        blob(APP, 1, 100_000);
        Path mine = Samples.files(folder).getFirst();
        String living = mine.getFileName().toString().replaceAll("-[0-9]+$", "-999");
        Path ofLiving = Files.createFile(mine.resolveSibling(living));
        Path orphan = Files.write(mine.resolveSibling("ab.4711-1"), new byte[300]);

        CollectReport report = collect();

        assertThat(report.of(CollectedKind.ORPHAN)).isEqualTo(new CollectReport.Amount(1, 300));
        assertThat(orphan).doesNotExist();
        assertThat(List.of(mine, ofLiving)).allMatch(Files::exists);
    }

    @Test
    void onlyOneCollects() throws IOException {
        blob(APP, 1, 100_000);
        pass(DAY);
        try (Store second = TestStores.open(folder, StoreKind.REGISTRY)) {
            store.collector().holdOff(() -> {
                assertThat(second.collector().collect(CollectOptions.after(DAY), CollectListener.NONE))
                        .isEmpty();
                assertThat(store.collector().collect(CollectOptions.after(DAY), CollectListener.NONE))
                        .isEmpty();
                assertThat(second.collector().collect(CollectOptions.after(DAY).withDryRun(true), CollectListener.NONE))
                        .isPresent();
                return true;
            });
            assertThat(second.collector().collect(CollectOptions.after(DAY), CollectListener.NONE))
                    .isPresent();
        }
    }

    @Test
    void everyPageIsLookedAt() throws IOException {
        int count = 620;
        for (int i = 0; i < count; i++) {
            blob(i % 10 == 0 ? OTHER : APP, i, 5);
        }
        pass(DAY);

        CollectReport report = collect();

        assertThat(report.of(CollectedKind.INLINE).count()).isEqualTo(count);
        assertThat(report.of(CollectedKind.LINK).count()).isEqualTo(count);
    }

    private CollectReport collect() throws IOException {
        return collect(CollectOptions.after(DAY), CollectListener.NONE);
    }

    private CollectReport collect(CollectOptions options, CollectListener listener) throws IOException {
        return store.collector().collect(options, listener).orElseThrow();
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private Digest blob(RepositoryName repository, long seed, int size) {
        return Samples.publish(store, repository, Samples.bytes(seed, size));
    }

    private Digest image(RepositoryName repository, Optional<Tag> tag, Digest config, Digest... layers) {
        return put(repository, tag, Samples.image(config, List.of(layers)));
    }

    private Digest put(RepositoryName repository, Optional<Tag> tag, Manifest manifest) {
        Digest digest = manifest.raw().sha256();
        store.catalog().change(tx -> {
            tx.repository(repository).manifests().put(digest, manifest);
            tag.ifPresent(name -> tx.repository(repository).tags().set(name, digest));
        });
        return digest;
    }

    private boolean hasManifest(Digest digest) {
        return store.catalog()
                .read(tx -> tx.repository(APP).manifests().find(digest).isPresent());
    }

    private boolean exists(Digest digest) {
        return store.catalog().read(tx -> tx.blobs().find(digest).isPresent());
    }
}
