package dev.dray.store;

import static dev.dray.store.Samples.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.Digest;
import dev.dray.store.blob.Blob;
import dev.dray.store.fixture.TestStores;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several readers of one blob that is made from its recipe.
final class SharedRebuildTest {
    private static final byte[] BLOB = LayerSamples.plainLayer();
    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    private Store store;
    private Blob blob;

    @BeforeEach
    void keepAsRecipe() {
        store = TestStores.open(folder, StoreKind.ENGINE);
        Digest digest = LayerSamples.keepAsRecipe(store, BLOB);
        blob = store.blobs().find(APP, digest).orElseThrow();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void readersAtAboutTheSamePlaceShareOneMaking() throws IOException {
        try (InputStream first = blob.open(0);
                InputStream second = blob.open(0)) {
            for (int at = 0; at < BLOB.length; at += MIB) {
                int length = Math.min(MIB, BLOB.length - at);
                byte[] expected = Arrays.copyOfRange(BLOB, at, at + length);
                assertThat(first.readNBytes(length)).isEqualTo(expected);
                assertThat(second.readNBytes(length)).isEqualTo(expected);
                assertThat(store.layers().rebuilds().started()).isEqualTo(1);
            }
        }
    }

    @Test
    void readerThatFallsBackGoesOnByItself() throws IOException {
        try (InputStream fast = blob.open(0);
                InputStream slow = blob.open(0)) {
            assertThat(slow.readNBytes(1000)).isEqualTo(Arrays.copyOf(BLOB, 1000));
            assertThat(fast.readAllBytes()).isEqualTo(BLOB);

            assertThat(slow.readAllBytes()).isEqualTo(Arrays.copyOfRange(BLOB, 1000, BLOB.length));
            assertThat(store.layers().rebuilds().started()).isEqualTo(2);
        }
    }

    @Test
    void readerWhoLeavesDoesNotStopTheOther() throws IOException {
        try (InputStream staying = blob.open(0)) {
            try (InputStream leaving = blob.open(0)) {
                leaving.readNBytes(3 * MIB);
            }
            assertThat(staying.readAllBytes()).isEqualTo(BLOB);
        }
    }

    @Test
    void manyReadersFromAnyPlaceGetTheRightBytes() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                int offset = i * 1_999_993;
                readers.add(() -> {
                    try (InputStream stream = blob.open(offset)) {
                        byte[] rest = stream.readAllBytes();
                        return Arrays.mismatch(BLOB, offset, BLOB.length, rest, 0, rest.length);
                    }
                });
            }
            for (Future<Integer> mismatch : threads.invokeAll(readers)) {
                assertThat(mismatch.get()).isEqualTo(-1);
            }
        }
    }

    @Test
    void closingTheStoreEndsReaders() throws IOException {
        try (InputStream stream = blob.open(0)) {
            stream.readNBytes(10);

            store.close();

            assertThatThrownBy(stream::readAllBytes).isInstanceOf(IOException.class);
        }
    }
}
