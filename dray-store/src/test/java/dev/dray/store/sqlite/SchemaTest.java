package dev.dray.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.DrayException;
import dev.dray.store.jdbc.JdbcTransaction;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SchemaTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void path() {
        file = folder.resolve("store.db");
    }

    @Test
    void olderFormatIsBroughtForwardWithItsRows() {
        try (SqliteCatalog catalog = open(Schema.bundled())) {
            catalog.change(tx -> tx.settings().put("color", "red"));
        }
        try (SqliteCatalog catalog = open(next("CREATE TABLE extra (x INTEGER) STRICT;"))) {
            assertThat(catalog.<String>read(tx -> tx.settings().find("color").orElseThrow()))
                    .isEqualTo("red");
            catalog.change(tx -> ((JdbcTransaction) tx).session().update("INSERT INTO extra VALUES (1)"));
        }
    }

    @Test
    void formatThatTheProgramDoesNotKnowYetIsRefused() {
        open(next("CREATE TABLE extra (x INTEGER) STRICT;")).close();

        assertThatThrownBy(() -> open(Schema.bundled()))
                .hasMessageContaining("format 3")
                .hasMessageContaining("up to 2")
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.UNSUPPORTED));
    }

    @Test
    void migrationThatFailsLeavesTheFormatBefore() {
        open(Schema.bundled()).close();

        assertThatThrownBy(() -> open(next("CREATE TABLE extra (x INTEGER) STRICT; NONSENSE;")))
                .isInstanceOf(IllegalStateException.class);

        open(Schema.bundled()).close();
    }

    @Test
    void fullDatabaseIsOutOfSpaceAndTakesChangesAgainWhenThereIsSome() {
        try (SqliteCatalog catalog = open(Schema.bundled())) {
            catalog.change(tx -> limitPages(tx, 60));

            assertThatThrownBy(() -> catalog.change(tx -> tx.settings().put("big", "x".repeat(1 << 20))))
                    .isInstanceOfSatisfying(
                            DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.OUT_OF_SPACE));

            catalog.change(tx -> limitPages(tx, 1 << 20));
            catalog.change(tx -> tx.settings().put("big", "x".repeat(1 << 20)));
        }
    }

    private static void limitPages(dev.dray.store.catalog.Transaction tx, int pages) {
        ((JdbcTransaction) tx).session().script("PRAGMA max_page_count=" + pages);
    }

    private static Schema next(String script) {
        List<String> scripts = new ArrayList<>(Schema.bundled().scripts());
        scripts.add(script);
        return new Schema(List.copyOf(scripts));
    }

    private SqliteCatalog open(Schema schema) {
        return SqliteCatalog.open(file, Map.of("kind", "test"), InstantSource.system(), schema);
    }
}
