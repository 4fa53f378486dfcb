package dev.dray.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.store.fixture.TestStores;
import dev.dray.store.rebuild.RebuildLimits;
import dev.dray.store.rebuild.RebuildPool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
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

/// Readers of blobs where memory allows few to be made at once.
final class RebuildLineTest {
    private static final byte[] BLOB = LayerSamples.plainLayer();
    private static final Digest DIGEST = Digest.sha256(BLOB);
    private static final int FAR = 15_000_000;
    private static final Duration LONG = Duration.ofHours(1);

    @TempDir
    Path folder;

    private Store store;

    @BeforeEach
    void keepAsRecipe() {
        store = TestStores.open(folder, StoreKind.ENGINE);
        LayerSamples.keepAsRecipe(store, BLOB);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void readerBeyondTheLastShareIsToldThatItIsUnavailable() throws IOException {
        try (RebuildPool rebuilds = rebuilds(new RebuildLimits(1, Duration.ZERO, LONG, LONG));
                InputStream first = open(rebuilds, 0)) {
            assertThatThrownBy(() -> open(rebuilds, FAR)).isInstanceOfSatisfying(DrayException.class, e -> {
                assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
                assertThat(e.advice()).isPresent();
            });
            assertThat(first.readAllBytes()).isEqualTo(BLOB);
        }
    }

    @Test
    void readerOfAPlaceThatIsBeingMadeNeedsNoShare() throws IOException {
        try (RebuildPool rebuilds = rebuilds(new RebuildLimits(1, Duration.ZERO, LONG, LONG));
                InputStream first = open(rebuilds, 0);
                InputStream second = open(rebuilds, 0)) {
            assertThat(first.readNBytes(1000)).isEqualTo(second.readNBytes(1000));
            assertThat(rebuilds.started()).isEqualTo(1);
        }
    }

    @Test
    void readersTakeTurnsWhereThereIsOneShare() throws IOException {
        try (RebuildPool rebuilds = rebuilds(new RebuildLimits(1, LONG, LONG, Duration.ZERO));
                InputStream near = open(rebuilds, 0);
                InputStream far = open(rebuilds, FAR)) {
            int part = 3_000_000;
            for (int at = 0; at < 2 * part; at += part) {
                assertThat(near.readNBytes(part)).isEqualTo(Arrays.copyOfRange(BLOB, at, at + part));
                assertThat(far.readNBytes(part)).isEqualTo(Arrays.copyOfRange(BLOB, FAR + at, FAR + at + part));
            }
            assertThat(rebuilds.started()).isGreaterThan(2);
        }
    }

    @Test
    void readerWhoPausesLosesTheShareAndGoesOnWithAnother() throws IOException {
        try (RebuildPool rebuilds = rebuilds(new RebuildLimits(1, LONG, Duration.ZERO, LONG));
                InputStream paused = open(rebuilds, 0)) {
            assertThat(paused.readNBytes(10)).isEqualTo(Arrays.copyOf(BLOB, 10));

            try (InputStream other = open(rebuilds, FAR)) {
                assertThat(other.readAllBytes()).isEqualTo(Arrays.copyOfRange(BLOB, FAR, BLOB.length));
            }
            assertThat(paused.readAllBytes()).isEqualTo(Arrays.copyOfRange(BLOB, 10, BLOB.length));
        }
    }

    @Test
    void whatIsReadSlowlyToItsEndCountsAsBeingMade() throws IOException {
        int end = BLOB.length - 1_000_000;
        try (RebuildPool rebuilds = rebuilds(new RebuildLimits(1, Duration.ZERO, LONG, LONG));
                InputStream slow = open(rebuilds, end)) {
            slow.readNBytes(999_999);
            assertThatThrownBy(() -> open(rebuilds, 0)).isInstanceOf(DrayException.class);
            assertThat(slow.readAllBytes()).containsExactly(BLOB[BLOB.length - 1]);
        }
    }

    @Test
    void allOfManyReadersAreServedInTurn() throws Exception {
        try (RebuildPool rebuilds = rebuilds(new RebuildLimits(2, LONG, LONG, Duration.ZERO));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                int offset = i * 1_999_993;
                readers.add(() -> {
                    try (InputStream stream = open(rebuilds, offset)) {
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
    void smallHeapAllowsOneMakingAndALargeOneMany() {
        long shared = 32L << 20;
        assertThat(RebuildLimits.of(64L << 20, shared).concurrent()).isEqualTo(1);
        assertThat(RebuildLimits.of(256L << 20, shared).concurrent()).isBetween(4, 6);
        assertThat(RebuildLimits.of(64L << 30, shared).concurrent()).isEqualTo(64);
    }

    /// Many more readers than fit in the heap of a process of its own, some of whom pause in the middle.
    @Test
    void manyReadersInASmallHeapGetRightBytesOrAreTurnedAway(@TempDir Path registry) throws Exception {
        try (Store blobs = TestStores.open(registry, StoreKind.REGISTRY)) {
            ManyReaders.prepare(blobs);
        }
        try (OtherProcess process =
                OtherProcess.start("readers", registry, "-Xmx128m", "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError")) {
            ManyReaders.Count count = ManyReaders.Count.parse(process.line());
            assertThat(count.wrong()).isZero();
            assertThat(count.right()).isPositive();
            assertThat(count.right() + count.turnedAway()).isEqualTo(ManyReaders.READERS);
        }
    }

    private RebuildPool rebuilds(RebuildLimits terms) {
        return store.layers().rebuilds(terms);
    }

    private static InputStream open(RebuildPool rebuilds, long offset) {
        return rebuilds.open(DIGEST, BLOB.length, offset);
    }
}
