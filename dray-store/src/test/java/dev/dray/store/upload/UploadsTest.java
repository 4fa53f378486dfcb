package dev.dray.store.upload;

import static dev.dray.store.Samples.APP;
import static dev.dray.store.Samples.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.store.Samples;
import dev.dray.store.Store;
import dev.dray.store.StoreKind;
import dev.dray.store.StoreOptions;
import dev.dray.store.blob.FinishOutcome;
import dev.dray.store.blob.FinishedBlob;
import dev.dray.store.filesystem.Disk;
import dev.dray.store.filesystem.ForwardingFiles;
import dev.dray.store.fixture.TestStores;
import dev.dray.store.upload.Uploads.Resumption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UploadsTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private Store open() {
        return TestStores.open(
                folder, StoreKind.REGISTRY, StoreOptions.standard().withClock(() -> now));
    }

    @ParameterizedTest
    @CsvSource({"0, 100", "100, 200", "10000, 10000", "20000, 50000"})
    void uploadOfTwoRequestsIsPublished(int first, int second) throws IOException {
        byte[] content = Samples.bytes(1, first + second);
        Digest digest = Digest.sha256(content);
        try (Store store = open()) {
            String id = begin(store, Arrays.copyOf(content, first));

            try (Upload upload = resumed(store, id)) {
                assertThat(upload.offset()).isEqualTo(first);
                upload.write(ByteBuffer.wrap(content, first, second));
                publish(store, upload, digest);
            }

            assertThat(Samples.read(store.blobs().find(APP, digest).orElseThrow()))
                    .isEqualTo(content);
            assertThat(store.uploads().resume(APP, "ann", id)).isInstanceOf(Resumption.Unknown.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 50_000})
    void uploadGoesOnInAnotherProcessWhenItsOwnIsGone(int first) throws IOException {
        byte[] content = Samples.bytes(1, first + 30_000);
        Digest digest = Digest.sha256(content);
        String id;
        try (Store store = open()) {
            id = begin(store, Arrays.copyOf(content, first));
        }
        try (Store store = open();
                Upload upload = resumed(store, id)) {
            assertThat(upload.offset()).isEqualTo(first);
            upload.write(ByteBuffer.wrap(content, first, 30_000));
            publish(store, upload, digest);

            assertThat(Samples.read(store.blobs().find(APP, digest).orElseThrow()))
                    .isEqualTo(content);
        }
    }

    @Test
    void sessionWithoutBytesIsKnownToItsOwnProcessAlone() {
        String id;
        try (Store store = open();
                Store other = open()) {
            id = begin(store, new byte[0]);

            assertThat(other.uploads().resume(APP, "ann", id)).isInstanceOf(Resumption.Unknown.class);
            assertThat(store.uploads().resume(APP, "ann", id)).isInstanceOf(Resumption.Resumed.class);
        }
    }

    @Test
    void uploadOfALivingProcessIsHeldElsewhere() {
        try (Store store = open();
                Store other = open()) {
            String id = begin(store, Samples.bytes(1, 10));

            assertThat(other.uploads().resume(APP, "ann", id)).isInstanceOf(Resumption.HeldElsewhere.class);
        }
    }

    @Test
    void uploadOfADeadProcessIsTakenByOneOfTwoThatSeeItFreeAtOnce() {
        String id;
        try (Store store = open()) {
            id = begin(store, Samples.bytes(1, 30_000));
        }
        AtomicReference<Runnable> betweenSeeingAndTaking = new AtomicReference<>(() -> {});
        StoreOptions options = StoreOptions.standard().withClock(() -> {
            betweenSeeingAndTaking.getAndSet(() -> {}).run();
            return now;
        });
        try (Store fast = open();
                Store slow = TestStores.open(folder, StoreKind.REGISTRY, options)) {
            List<Upload> taken = new ArrayList<>();
            slow.lease().close(); // the process is registered before the moment in question
            betweenSeeingAndTaking.set(() -> taken.add(resumed(fast, id)));

            Resumption second = slow.uploads().resume(APP, "ann", id);

            assertThat(taken).hasSize(1);
            assertThat(second).isInstanceOf(Resumption.HeldElsewhere.class);
        }
    }

    @Test
    void uploadIsUnknownInAnotherRepository() {
        String id;
        try (Store store = open()) {
            id = begin(store, Samples.bytes(1, 10));
            assertThat(store.uploads().resume(OTHER, "ann", id)).isInstanceOf(Resumption.Unknown.class);
            assertThat(store.uploads().resume(APP, "bob", id)).isInstanceOf(Resumption.Unknown.class);
        }
        try (Store store = open()) {
            assertThat(store.uploads().resume(OTHER, "ann", id)).isInstanceOf(Resumption.Unknown.class);
        }
    }

    @Test
    void uploadStaysUnknownToAnotherOwnerWhoAsksWhileItsOwnIsServed() throws Exception {
        String id;
        try (Store store = open()) {
            id = begin(store, Samples.bytes(1, 30_000));
        }
        HeldReading disk = new HeldReading();
        StoreOptions options = StoreOptions.standard().withClock(() -> now).withFiles(disk);
        try (Store store = TestStores.open(folder, StoreKind.REGISTRY, options)) {
            CompletableFuture<Resumption> own = new CompletableFuture<>();
            CompletableFuture<Resumption> foreign = new CompletableFuture<>();
            resumeOnThread(store, "ann", id, own);
            assertThat(disk.begun.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            Thread bob = resumeOnThread(store, "bob", id, foreign);
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (bob.getState() != Thread.State.WAITING && bob.isAlive() && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            disk.mayRead.countDown();

            assertThat(foreign).succeedsWithin(PATIENCE).isInstanceOf(Resumption.Unknown.class);
            assertThat(own).succeedsWithin(PATIENCE).isInstanceOf(Resumption.Resumed.class);
        }
    }

    @Test
    void secondRequestEndsTheFirstBeforeItReadsTheOffset() {
        try (Store store = open();
                Upload first = store.uploads().start(APP, "ann", DAY)) {
            first.write(ByteBuffer.wrap(Samples.bytes(1, 30_000)));

            try (Upload second = resumed(store, first.id())) {
                assertThatThrownBy(() -> first.write(ByteBuffer.wrap(new byte[10])))
                        .isInstanceOfSatisfying(
                                DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.CANCELLED));
                assertThat(second.offset()).isEqualTo(30_000);
                assertThat(second.owner()).isEqualTo("ann");
            }
        }
    }

    @Test
    void closingARequestThatWasEndedLeavesItsSuccessorAlone() {
        try (Store store = open()) {
            Upload first = store.uploads().start(APP, "ann", DAY);
            try (Upload second = resumed(store, first.id())) {
                first.close();
                second.write(ByteBuffer.wrap(new byte[10]));
                assertThat(second.offset()).isEqualTo(10);
            }
        }
    }

    @Test
    void uploadGoesOnAfterAMismatch() throws IOException {
        byte[] content = Samples.bytes(1, 200);
        Digest digest = Digest.sha256(content);
        try (Store store = open();
                Upload upload = store.uploads().start(APP, "ann", DAY)) {
            upload.write(ByteBuffer.wrap(content, 0, 100));
            assertThat(upload.finish(digest)).isInstanceOf(FinishOutcome.Mismatch.class);

            upload.write(ByteBuffer.wrap(content, 100, 100));
            publish(store, upload, digest);

            assertThat(store.blobs().find(APP, digest)).isPresent();
        }
    }

    @Test
    void finishedUploadThatIsNotPublishedGoesOn() {
        byte[] content = Samples.bytes(1, 30_000);
        try (Store store = open()) {
            Upload upload = store.uploads().start(APP, "ann", DAY);
            upload.write(ByteBuffer.wrap(content));
            FinishedBlob blob = Samples.complete(upload.finish(Digest.sha256(content)));
            upload.close();

            assertThatThrownBy(() -> store.blobs().publish(blob, tx -> true)).isInstanceOf(IllegalStateException.class);
            try (Upload next = resumed(store, upload.id())) {
                assertThat(next.offset()).isEqualTo(30_000);
            }
        }
    }

    @Test
    void refusedPublishingEndsTheSessionAndLeavesNoFile() throws IOException {
        byte[] content = Samples.bytes(1, 30_000);
        try (Store store = open()) {
            Upload upload = store.uploads().start(APP, "ann", DAY);
            upload.write(ByteBuffer.wrap(content));
            FinishedBlob blob = Samples.complete(upload.finish(Digest.sha256(content)));
            assertThatThrownBy(() -> store.blobs().publish(blob, tx -> {
                        throw new IllegalArgumentException("no");
                    }))
                    .isInstanceOf(IllegalArgumentException.class);
            upload.close();

            assertThat(store.uploads().resume(APP, "ann", upload.id())).isInstanceOf(Resumption.Unknown.class);
            assertThat(Samples.files(folder)).isEmpty();
        }
    }

    @Test
    void cancelledUploadIsGone() throws IOException {
        try (Store store = open()) {
            Upload upload = store.uploads().start(APP, "ann", DAY);
            upload.write(ByteBuffer.wrap(Samples.bytes(1, 30_000)));
            upload.cancel();
            upload.close();

            assertThat(store.uploads().resume(APP, "ann", upload.id())).isInstanceOf(Resumption.Unknown.class);
            assertThat(Samples.files(folder)).isEmpty();
        }
    }

    @Test
    void idleUploadsAreDiscardedAfterTheirLifetimeAndThoseInUseAreNot() throws IOException {
        try (Store store = open()) {
            String idle = begin(store, Samples.bytes(1, 30_000));
            try (Upload used = store.uploads().start(APP, "ann", DAY)) {
                now = now.plus(DAY).plusSeconds(1);

                assertThat(store.uploads().discardExpired()).isEqualTo(1);

                assertThat(store.uploads().resume(APP, "ann", idle)).isInstanceOf(Resumption.Unknown.class);
                assertThat(used.offset()).isZero();
                assertThat(Samples.files(folder)).isEmpty();
            }
        }
    }

    @Test
    void expiredUploadsOfADeadProcessAreDiscarded() throws IOException {
        try (Store store = open()) {
            begin(store, Samples.bytes(1, 30_000));
        }
        now = now.plus(DAY).plusSeconds(1);
        try (Store store = open()) {
            assertThat(store.uploads().discardExpired()).isEqualTo(1);
            assertThat(Samples.files(folder)).isEmpty();
        }
    }

    @Test
    void requestsPostponeTheEndOfASession() {
        try (Store store = open()) {
            String id = begin(store, Samples.bytes(1, 10));
            now = now.plus(DAY.multipliedBy(2).dividedBy(3));
            resumed(store, id).close();
            now = now.plus(DAY.multipliedBy(2).dividedBy(3));

            assertThat(store.uploads().discardExpired()).isZero();
            assertThat(store.uploads().resume(APP, "ann", id)).isInstanceOf(Resumption.Resumed.class);
        }
    }

    @Test
    void goingOnInAnotherProcessPostponesTheEndOfASession() {
        String id;
        try (Store store = open()) {
            id = begin(store, Samples.bytes(1, 10));
        }
        try (Store store = open()) {
            now = now.plus(DAY.multipliedBy(2).dividedBy(5));
            resumed(store, id).close();
            now = now.plus(DAY.multipliedBy(2).dividedBy(3));

            assertThat(store.uploads().discardExpired()).isZero();
            assertThat(store.uploads().resume(APP, "ann", id)).isInstanceOf(Resumption.Resumed.class);
        }
    }

    private static final SessionLimits FEW = new SessionLimits(4, 2, Duration.ofMinutes(5));

    private static Upload startFew(Store store, String holder) {
        return store.uploads().start(APP, "ann", holder, DAY, FEW);
    }

    @Test
    void emptySessionsOfOneHolderAreFewAndEndSoon() {
        try (Store store = open()) {
            startFew(store, "ann").close();
            startFew(store, "ann").close();
            assertThatThrownBy(() -> startFew(store, "ann")).isInstanceOf(DrayException.class);
            startFew(store, "bob").close();

            now = now.plus(Duration.ofMinutes(6));
            assertThat(store.uploads().discardExpired()).isEqualTo(3);
            startFew(store, "ann").close();
        }
    }

    @Test
    void sessionThatMemoryLetGoOfGoesOnFromTheDisk() throws IOException {
        byte[] content = Samples.bytes(1, 60_000);
        try (Store store = open()) {
            String id;
            try (Upload first = startFew(store, "ann")) {
                first.write(ByteBuffer.wrap(content, 0, 100));
                id = first.id();
            }
            for (int i = 0; i < 20; i++) {
                try (Upload other = startFew(store, "other")) {
                    other.write(ByteBuffer.wrap(content, 0, 10));
                }
            }

            try (Upload upload = resumed(store, id)) {
                assertThat(upload.offset()).isEqualTo(100);
                upload.write(ByteBuffer.wrap(content, 100, content.length - 100));
                publish(store, upload, Digest.sha256(content));
            }
            assertThat(Samples.read(
                            store.blobs().find(APP, Digest.sha256(content)).orElseThrow()))
                    .isEqualTo(content);
        }
    }

    private static String begin(Store store, byte[] first) {
        try (Upload upload = store.uploads().start(APP, "ann", DAY)) {
            upload.write(ByteBuffer.wrap(first));
            return upload.id();
        }
    }

    private static Upload resumed(Store store, String id) {
        if (store.uploads().resume(APP, "ann", id) instanceof Resumption.Resumed(Upload upload)) {
            return upload;
        }
        throw new AssertionError("not resumed: " + id);
    }

    private static void publish(Store store, Upload upload, Digest digest) {
        store.blobs()
                .publish(
                        Samples.complete(upload.finish(digest)),
                        transaction -> transaction.repository(APP).links().add(digest));
    }

    private static Thread resumeOnThread(Store store, String owner, String id, CompletableFuture<Resumption> outcome) {
        return Thread.ofPlatform()
                .daemon()
                .start(() -> outcome.complete(store.uploads().resume(APP, owner, id)));
    }

    /// A disk whose files are read when the test says so.
    private static final class HeldReading extends ForwardingFiles {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch mayRead = new CountDownLatch(1);

        HeldReading() {
            super(Disk.standard());
        }

        @Override
        public InputStream read(Path file, long offset) throws IOException {
            begun.countDown();
            try {
                if (!mayRead.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    throw new IOException("the test never let it be read");
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return super.read(file, offset);
        }
    }
}
