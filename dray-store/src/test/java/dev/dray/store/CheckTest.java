package dev.dray.store;

import static dev.dray.store.Samples.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import dev.dray.model.image.Manifest;
import dev.dray.store.catalog.ContentTable;
import dev.dray.store.catalog.PackTable;
import dev.dray.store.check.CheckOptions;
import dev.dray.store.check.CheckReport;
import dev.dray.store.check.Finding;
import dev.dray.store.fixture.TestStores;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damage of every kind is found, told with the images that suffer, and mended where that can be.
final class CheckTest {
    private static final CheckOptions QUICK = new CheckOptions(false, false);
    private static final CheckOptions DEEP = new CheckOptions(true, false);
    private static final CheckOptions REPAIR = new CheckOptions(false, true);

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
    void healthyStoreHasNoFindings() throws IOException {
        image(Samples.publish(store, APP, Samples.bytes(1, 100_000)));
        image(Samples.publish(store, APP, Samples.bytes(2, 100)));
        image(LayerSamples.keepAsRecipe(store, LayerSamples.gzip(LayerSamples.tar(1, 60))));

        CheckReport report = check(DEEP);

        assertThat(report.findings()).isEmpty();
        assertThat(report.isWell()).isTrue();
        assertThat(report.blobs()).isEqualTo(3);
        assertThat(report.manifests()).isEqualTo(3);
        assertThat(report.layers()).isEqualTo(1);
        assertThat(report.packs()).isEqualTo(1);
        assertThat(report.bytes()).isGreaterThan(100_000);
    }

    @Test
    void missingAndShortFilesAreFoundAndMarkedForHealing() throws IOException {
        Digest missing = Samples.publish(store, APP, Samples.bytes(1, 100_000));
        Digest cut = Samples.publish(store, APP, Samples.bytes(2, 100_000));
        Digest image = image(missing);
        Files.delete(file(missing));
        Files.write(file(cut), new byte[5]);

        CheckReport report = check(QUICK);

        assertThat(report.findings()).extracting(Finding::subject).containsExactlyInAnyOrder(text(missing), text(cut));
        assertThat(finding(report, missing).images())
                .extracting(Finding.Sufferer::manifest)
                .containsExactly(image);
        assertThat(isDamaged(missing) && isDamaged(cut)).isTrue();
        Samples.publish(store, APP, Samples.bytes(1, 100_000));
        Samples.publish(store, APP, Samples.bytes(2, 100_000));
        assertThat(check(DEEP).findings()).isEmpty();
    }

    @Test
    void flippedBitOfABlobIsFoundByReading() throws IOException {
        Digest digest = Samples.publish(store, APP, Samples.bytes(1, 100_000));
        flip(file(digest), 50_000);

        assertThat(check(QUICK).findings()).isEmpty();
        assertThat(finding(check(DEEP), digest).what()).contains("hashes to");
        assertThat(isDamaged(digest)).isTrue();
    }

    @Test
    void damageWithinTheDatabaseIsFound() throws IOException, SQLException {
        Digest small = Samples.publish(store, APP, Samples.bytes(1, 100));
        Digest unlinked = Samples.publish(store, APP, Samples.bytes(2, 100));
        Digest gone = Samples.publish(store, APP, Samples.bytes(3, 100));
        image(small);
        image(unlinked);
        image(gone);
        store.close();
        edit(
                "PRAGMA foreign_keys=OFF; UPDATE inline_bytes SET bytes = x'00' WHERE digest = x'%s'; DELETE FROM link WHERE digest = x'%s'; DELETE FROM blob WHERE digest = x'%s'"
                        .formatted(small.hex(), unlinked.hex(), gone.hex()));
        store = TestStores.openExisting(folder);

        CheckReport report = check(REPAIR);

        assertThat(finding(report, small).what()).contains("1 bytes of its 100");
        assertThat(finding(report, unlinked).repaired()).isTrue();
        assertThat(store.blobs().find(APP, unlinked)).isPresent();
        assertThat(finding(report, gone).images()).hasSize(1);
        assertThat(report.findings())
                .filteredOn(finding -> finding.subject().equals("store.db"))
                .extracting(Finding::kind)
                .contains(Finding.Kind.LINK, Finding.Kind.DATABASE);
        assertThat(report.isWell()).isFalse();
    }

    @Test
    void bytesThatNobodyKnowsMoveIntoQuarantine() throws IOException {
        Path stranger = Files.write(folder.resolve("blobs/ab/notes.txt"), new byte[10]);
        Path orphan = Files.write(folder.resolve("packs/4711-1.pack"), new byte[20]);

        assertThat(check(QUICK).findings()).hasSize(2);
        assertThat(List.of(stranger, orphan)).allMatch(Files::exists);
        CheckReport report = check(REPAIR);

        assertThat(report.findings()).hasSize(2).allMatch(Finding::repaired);
        assertThat(folder.resolve("quarantine/notes.txt")).hasSize(10);
        assertThat(folder.resolve("quarantine/4711-1.pack")).hasSize(20);
        store.close();
        store = TestStores.openExisting(folder);
        assertThat(check(QUICK).findings()).isEmpty();
    }

    @Test
    void placesOfContentsComeBackFromTheFootersOfPacks() throws IOException {
        Digest rebuilt = LayerSamples.keepAsRecipe(store, LayerSamples.gzip(LayerSamples.tar(1, 60)));
        image(rebuilt);
        List<ContentTable.Row> before = contents();
        store.catalog().change(tx -> {
            tx.contents().delete(before.getFirst().digest());
            ContentTable.Row wrong = before.getLast();
            tx.contents().move(new ContentTable.Row(wrong.digest(), wrong.pack(), wrong.offset() + 1, wrong.size()));
        });

        assertThat(check(QUICK).findings()).hasSize(2).noneMatch(Finding::repaired);
        CheckReport report = check(REPAIR);

        assertThat(report.findings()).hasSize(2).allMatch(Finding::repaired);
        assertThat(contents()).isEqualTo(before);
        assertThat(check(DEEP).findings()).isEmpty();
    }

    @Test
    void flippedBitOfAPackIsFoundWithTheImagesThatNeedIt() throws IOException {
        byte[] blob = LayerSamples.gzip(LayerSamples.tar(1, 60));
        Digest rebuilt = LayerSamples.keepAsRecipe(store, blob);
        Digest image = image(rebuilt);
        PackTable.Row pack = store.catalog().read(tx -> tx.packs().list(0, 10)).getFirst();
        flip(folder.resolve("packs").resolve(pack.file()), pack.size() / 3);

        CheckReport report = check(DEEP);

        assertThat(report.findings()).extracting(Finding::kind).contains(Finding.Kind.PACK, Finding.Kind.LAYER);
        assertThat(report.findings().stream()
                        .filter(finding -> finding.kind() == Finding.Kind.LAYER)
                        .flatMap(finding -> finding.images().stream())
                        .map(Finding.Sufferer::manifest))
                .containsExactly(image);
        assertThat(isDamaged(rebuilt)).isTrue();
        Samples.publish(store, APP, blob);
        assertThat(Digest.sha256(Samples.read(store.blobs().find(APP, rebuilt).orElseThrow())))
                .isEqualTo(rebuilt);
    }

    @Test
    void packWithoutItsFileIsFound() throws IOException {
        image(LayerSamples.keepAsRecipe(store, LayerSamples.gzip(LayerSamples.tar(1, 60))));
        PackTable.Row pack = store.catalog().read(tx -> tx.packs().list(0, 10)).getFirst();
        Files.delete(folder.resolve("packs").resolve(pack.file()));

        assertThat(check(QUICK).findings())
                .filteredOn(finding -> finding.kind() == Finding.Kind.PACK)
                .extracting(Finding::what)
                .containsExactly("its file is missing");
    }

    private CheckReport check(CheckOptions options) throws IOException {
        return store.check().run(options);
    }

    private Digest image(Digest blob) {
        Manifest manifest = Samples.image(blob, List.of(blob));
        Digest digest = manifest.raw().sha256();
        store.catalog().change(tx -> tx.repository(APP).manifests().put(digest, manifest));
        return digest;
    }

    private Path file(Digest digest) {
        return store.blobs().find(APP, digest).orElseThrow().file().orElseThrow();
    }

    private boolean isDamaged(Digest digest) {
        return store.catalog().read(tx -> tx.blobs().find(digest).orElseThrow().damaged());
    }

    private List<ContentTable.Row> contents() {
        return store.catalog().read(tx -> tx.contents().list(Optional.empty(), 10_000));
    }

    private static String text(Digest digest) {
        return digest.toString();
    }

    private static Finding finding(CheckReport report, Digest digest) {
        return report.findings().stream()
                .filter(finding -> finding.subject().equals(digest.toString()))
                .findFirst()
                .orElseThrow();
    }

    private static void flip(Path path, long at) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(at);
            int before = file.read();
            file.seek(at);
            file.write(before ^ 0x10);
        }
    }

    private void edit(String statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("store.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(statements);
        }
    }
}
