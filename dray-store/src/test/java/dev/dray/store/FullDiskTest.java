package dev.dray.store;

import static dev.dray.store.Samples.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.store.filesystem.Disk;
import dev.dray.store.fixture.TestStores;
import dev.dray.store.upload.Upload;
import dev.dray.store.upload.Uploads.Resumption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FullDiskTest {
    private static final byte[] CONTENT = Samples.bytes(1, 100_000);
    private static final Digest DIGEST = Digest.sha256(CONTENT);

    @TempDir
    Path folder;

    private final SmallDisk disk = new SmallDisk(Disk.standard());
    private Store store;

    @BeforeEach
    void open() {
        store = TestStores.open(
                folder, StoreKind.REGISTRY, StoreOptions.standard().withFiles(disk));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void blobThatDoesNotFitLeavesNothingAndSucceedsWhenThereIsSpace() throws IOException {
        disk.free = 60_000;
        assertOutOfSpace(() -> Samples.publish(store, APP, CONTENT));
        assertThat(Samples.files(folder)).isEmpty();
        assertThat(store.blobs().find(APP, DIGEST)).isEmpty();

        disk.free = Long.MAX_VALUE;
        Samples.publish(store, APP, CONTENT);

        assertThat(Samples.read(store.blobs().find(APP, DIGEST).orElseThrow())).isEqualTo(CONTENT);
    }

    @Test
    void uploadThatDoesNotFitGoesOnFromWhatTheDiskTook() throws IOException {
        Upload upload = store.uploads().start(APP, "ann", Duration.ofDays(1));
        disk.free = 60_000;
        assertOutOfSpace(() -> upload.write(ByteBuffer.wrap(CONTENT)));
        upload.close();
        disk.free = Long.MAX_VALUE;

        if (!(store.uploads().resume(APP, "ann", upload.id()) instanceof Resumption.Resumed(Upload next))) {
            throw new AssertionError("not resumed");
        }
        try (next) {
            assertThat(next.offset()).isEqualTo(60_000);
            next.write(ByteBuffer.wrap(CONTENT, 60_000, 40_000));
            store.blobs()
                    .publish(
                            Samples.complete(next.finish(DIGEST)),
                            tx -> tx.repository(APP).links().add(DIGEST));
        }
        assertThat(Samples.read(store.blobs().find(APP, DIGEST).orElseThrow())).isEqualTo(CONTENT);
    }

    private static void assertOutOfSpace(ThrowingCallable writing) {
        assertThatThrownBy(writing).isInstanceOfSatisfying(DrayException.class, e -> {
            assertThat(e.kind()).isEqualTo(DrayException.Kind.OUT_OF_SPACE);
            assertThat(e.advice()).isPresent();
        });
    }
}
