package dev.dray.store;

import static dev.dray.store.Samples.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.layer.recipe.BlobRecipe;
import dev.dray.layer.recipe.PlainRecipe;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.fixture.TestStores;
import dev.dray.store.layer.LayerSplit;
import dev.dray.store.layer.Proof;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Blobs that begin with a recipe that was found elsewhere.
final class TakenBlobTest {
    private static final byte[] TAR = LayerSamples.tar(2, 60);
    private static final byte[] BLOB = LayerSamples.gzip(TAR);
    private static final Digest DIGEST = Digest.sha256(BLOB);
    private static final Digest DIFF_ID = Digest.sha256(TAR);

    @TempDir
    Path folder;

    private Store store;

    @BeforeEach
    void open() {
        store = TestStores.open(
                folder, StoreKind.ENGINE, StoreOptions.standard().withClock(Instant::now));
    }

    @AfterEach
    void close() {
        store.close();
    }

    /// The recipe of the blob, as another store knows it.
    private BlobRecipe recipe() {
        try (Store other = TestStores.open(
                folder.resolve("other"),
                StoreKind.ENGINE,
                StoreOptions.standard().withClock(Instant::now))) {
            Samples.publish(other, APP, BLOB);
            if (other.layers().prove(DIGEST) instanceof Proof.Exact exact) {
                return BlobRecipe.parse(exact.recipe().bytes());
            }
        }
        throw new AssertionError("not proven");
    }

    private Optional<BlobTable.Row> row(Digest digest) {
        return store.catalog().read(transaction -> transaction.blobs().find(digest));
    }

    @Test
    void aBlobThatNeverHadBytesIsMadeFromItsLayer() throws IOException {
        try (LayerSplit split = store.layers().split(DIFF_ID, TAR.length)) {
            split.write(TAR);
            split.finish();
            assertThat(store.layers().take(recipe(), DIFF_ID)).isTrue();
        }
        BlobTable.Row row = row(DIGEST).orElseThrow();
        assertThat(row.location()).isEqualTo(new BlobLocation.Rebuilt());
        assertThat(row.size()).isEqualTo(BLOB.length);
        assertThat(Samples.read(store.blobs().open(row).orElseThrow())).isEqualTo(BLOB);
        store.layers().verify(DIGEST);
    }

    @Test
    void aBlobThatIsThereKeepsItsBytesAndGetsTheRecipe() throws IOException {
        Samples.publish(store, APP, BLOB);
        LayerSamples.splitWell(store, BLOB);
        assertThat(store.layers().take(recipe(), DIFF_ID)).isFalse();
        assertThat(row(DIGEST).orElseThrow().location()).isInstanceOf(BlobLocation.File.class);
        assertThat(store.layers().dropFile(DIGEST)).isTrue();
    }

    @Test
    void aRecipeThatMakesAnotherBlobIsRefusedAndLeavesNothing() throws IOException {
        LayerSamples.splitWell(store, TAR);
        byte[] other = TAR.clone();
        other[700] ^= 1;
        PlainRecipe wrong = PlainRecipe.of(new ByteArrayInputStream(other));
        assertThatThrownBy(() -> store.layers().take(wrong, DIFF_ID))
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.CORRUPT));
        assertThat(row(wrong.digest())).isEmpty();
    }

    @Test
    void withoutTheLayerNothingIsTaken() {
        assertThatThrownBy(() -> store.layers().take(recipe(), DIFF_ID))
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.NOT_FOUND));
    }
}
