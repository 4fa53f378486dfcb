package dev.dray.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.ByteSize;
import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.Catalog;
import dev.dray.store.catalog.ContentTable;
import dev.dray.store.catalog.LayerTable;
import dev.dray.store.catalog.PackTable.Extent;
import dev.dray.store.catalog.Policies.Rule;
import dev.dray.store.catalog.RecipeTable;
import dev.dray.store.catalog.RecipeTable.Verdict;
import dev.dray.store.catalog.Transaction;
import dev.dray.store.jdbc.JdbcTransaction;
import dev.dray.store.jdbc.Session;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tables of layers, in a database that began with format 1.
final class FormatTwoTest {
    private static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_000L);
    private static final Digest BLOB = Digest.sha256(new byte[] {1});
    private static final Digest SMALL = Digest.sha256(new byte[] {2});
    private static final Digest DIFF_ID = Digest.sha256(new byte[] {3});
    private static final Digest CONTENT = Digest.sha256(new byte[] {4});
    private static final String FILE = "ab/abc.1-1";

    @TempDir
    Path folder;

    private SqliteCatalog catalog;

    @BeforeEach
    void bringForward() {
        Path file = folder.resolve("store.db");
        Schema first = new Schema(List.of(Schema.bundled().scripts().getFirst()));
        try (SqliteCatalog old = SqliteCatalog.open(file, Map.of("kind", "test"), InstantSource.system(), first)) {
            old.change(FormatTwoTest::fillAsFormatOneDid);
        }
        catalog = SqliteCatalog.open(file, Map.of(), InstantSource.system());
    }

    private static void fillAsFormatOneDid(Transaction tx) {
        Session session = ((JdbcTransaction) tx).session();
        session.update("INSERT INTO blob (digest, size, file, touched) VALUES (?, 100000, ?, 5)", BLOB, FILE);
        session.update("INSERT INTO blob (digest, size, file, touched) VALUES (?, 1, NULL, 5)", SMALL);
        session.update("INSERT INTO inline_bytes (digest, bytes) VALUES (?, ?)", SMALL, new byte[] {2});
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    @Test
    void rowsOfFormatOneAreWhatTheyWere() {
        assertThat(location(BLOB)).isEqualTo(new BlobLocation.File(FILE));
        assertThat(location(SMALL)).isEqualTo(new BlobLocation.Inline());
        assertThat(read(tx -> tx.blobs().bytes(SMALL))).contains(RawBytes.copyOf(new byte[] {2}));
    }

    @Test
    void blobWithoutARecipeCannotLoseItsFile() {
        assertThat(dropFile(NOW)).isFalse();
        assertThatThrownBy(() -> catalog.change(tx -> ((JdbcTransaction) tx)
                        .session()
                        .update("UPDATE blob SET file = NULL, rebuilt = 1 WHERE digest = ?", BLOB)))
                .hasMessageContaining("keeps its bytes");
        assertThat(location(BLOB)).isEqualTo(new BlobLocation.File(FILE));
    }

    @Test
    void recipeThatIsAllThereIsCannotBeForgotten() {
        recordRecipe();
        assertThat(dropFile(NOW)).isTrue();
        assertThat(location(BLOB)).isEqualTo(new BlobLocation.Rebuilt());

        assertThat(catalog.<Boolean>write(tx -> catalog.proofs(tx).dropRecipe(BLOB)))
                .isFalse();
        assertThatThrownBy(() -> catalog.change(
                        tx -> ((JdbcTransaction) tx).session().update("DELETE FROM recipe WHERE digest = ?", BLOB)))
                .hasMessageContaining("all there is");
    }

    @Test
    void oldProofPinOrOtherFileKeepTheFile() {
        recordRecipe();

        assertThat(dropFile(NOW.plusMillis(1))).isFalse();
        assertThat(catalog.<Boolean>write(tx -> catalog.proofs(tx).dropFile(BLOB, "ab/other", NOW)))
                .isFalse();
        catalog.change(tx -> tx.blobs().markDamaged(BLOB));
        assertThat(dropFile(NOW)).isFalse();
        assertThat(location(BLOB)).isEqualTo(new BlobLocation.File(FILE));
    }

    @Test
    void proofsEndWhenAPackIsFoundDamaged() {
        recordRecipe();
        catalog.change(tx -> tx.packs().markDamaged(1));

        assertThat(dropFile(NOW)).isFalse();
        catalog.change(tx -> catalog.proofs(tx).renew(BLOB, NOW));
        assertThat(dropFile(NOW)).isTrue();
    }

    @Test
    void blobThatCouldNotBeMadeLosesItsRecipeWhenItIsPutAgain() {
        recordRecipe();
        dropFile(NOW);
        catalog.change(tx -> tx.blobs().markDamaged(BLOB));

        catalog.change(tx -> tx.blobs().putFile(BLOB, 100_000, "ab/abc.2-1", NOW));

        assertThat(location(BLOB)).isEqualTo(new BlobLocation.File("ab/abc.2-1"));
        assertThat(read(tx -> tx.recipes().find(BLOB))).isEmpty();
    }

    @Test
    void layerThatIsMadeFromCannotBeDeletedAndKeepsItsRecipesUnderANewNumber() {
        long layer = recordRecipe();
        assertThatThrownBy(() -> catalog.write(tx -> tx.layers().delete(layer)))
                .isInstanceOf(IllegalStateException.class);

        long next = catalog.write(tx -> tx.layers().add(layer(List.of(new Extent(2, 7, 9)))));

        assertThat(next).isGreaterThan(layer);
        assertThat(catalog.<Long>read(tx -> tx.layers().newest())).isEqualTo(next);
        assertThat(catalog.<List<RecipeTable.Row>>read(tx -> tx.recipes().of(next)))
                .hasSize(1);
        assertThat(read(tx -> tx.layers().find(DIFF_ID)).orElseThrow().recipe()).containsExactly(new Extent(2, 7, 9));
        assertThat(read(tx -> tx.layers().find(layer))).isEmpty();
    }

    @Test
    void contentIsReplacedOnlyWhereItsPackIsDamaged() {
        long first = catalog.write(tx -> tx.packs().add("1-1.pack", 10, 20, NOW));
        long second = catalog.write(tx -> tx.packs().add("1-2.pack", 10, 20, NOW));
        assertThat(add(new ContentTable.Row(CONTENT, first, 0, 3000))).isTrue();
        assertThat(add(new ContentTable.Row(CONTENT, second, 5, 3000))).isFalse();

        catalog.change(tx -> tx.packs().markDamaged(first));

        assertThat(read(tx -> tx.contents().findHealthy(CONTENT))).isEmpty();
        assertThat(add(new ContentTable.Row(CONTENT, second, 5, 3000))).isTrue();
        assertThat(read(tx -> tx.contents().findHealthy(CONTENT)))
                .contains(new ContentTable.Row(CONTENT, second, 5, 3000));
    }

    @Test
    void verdictsPinsAndPoliciesAreKept() {
        Verdict verdict = new Verdict(BLOB, "no known encoder", "1", NOW);
        List<Rule> rules = List.of(
                new Rule("docker.io/**", ByteSize.ofKibibytes(64), "recipe"),
                new Rule("**", ByteSize.ofBytes(0), "blob"));
        catalog.change(tx -> {
            tx.recipes().putVerdict(verdict);
            tx.policies().set(List.of(rules.getLast()));
            tx.policies().set(rules);
            tx.policies().pin(DIFF_ID);
        });

        assertThat(catalog.<List<Verdict>>read(tx -> tx.recipes().verdicts(Optional.empty(), 10)))
                .containsExactly(verdict);
        assertThat(catalog.<List<Rule>>read(tx -> tx.policies().list())).isEqualTo(rules);
        assertThat(catalog.<List<Digest>>read(tx -> tx.policies().pinned())).containsExactly(DIFF_ID);
        recordRecipe();
        assertThat(read(tx -> tx.recipes().verdict(BLOB))).isEmpty();
    }

    private <T> Optional<T> read(Catalog.Reading<Optional<T>> reading) {
        return catalog.read(reading);
    }

    private boolean add(ContentTable.Row content) {
        return catalog.<Boolean>write(tx -> tx.contents().add(content));
    }

    private boolean dropFile(Instant since) {
        return catalog.<Boolean>write(tx -> catalog.proofs(tx).dropFile(BLOB, FILE, since));
    }

    private long recordRecipe() {
        return catalog.write(tx -> {
            long layer = tx.layers().add(layer(List.of(new Extent(1, 0, 5))));
            catalog.proofs(tx).record(new RecipeTable.Row(BLOB, layer, "go", RawBytes.utf8("recipe"), NOW));
            return layer;
        });
    }

    private static LayerTable.Row layer(List<Extent> recipe) {
        return new LayerTable.Row(0, DIFF_ID, 1000, 2, recipe, List.of(), NOW);
    }

    private BlobLocation location(Digest digest) {
        return catalog.read(tx -> tx.blobs().find(digest)).orElseThrow().location();
    }
}
