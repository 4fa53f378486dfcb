package dev.dray.store.sqlite;

import static dev.dray.store.Samples.APP;
import static dev.dray.store.Samples.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.Manifest;
import dev.dray.store.Samples;
import dev.dray.store.catalog.Manifests;
import dev.dray.store.catalog.ProcessId;
import dev.dray.store.catalog.Processes;
import dev.dray.store.catalog.Provenance;
import dev.dray.store.catalog.Tags;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every catalog keeps to.
final class SqliteCatalogTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Digest CONFIG = Digest.sha256(new byte[] {1});
    private static final Digest LAYER = Digest.sha256(new byte[] {2});
    private static final Manifest IMAGE = Samples.image(CONFIG, List.of(LAYER, LAYER));
    private static final Digest IMAGE_DIGEST = IMAGE.raw().sha256();

    @TempDir
    Path folder;

    private SqliteCatalog catalog;

    @BeforeEach
    void open() {
        catalog = SqliteCatalog.open(folder.resolve("store.db"), Map.of("kind", "test"), () -> NOW);
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    @Test
    void tagMovesAndTellsWhereItPointed() {
        Manifest second = Samples.image(LAYER, List.of());
        catalog.change(tx -> {
            tx.repository(APP).manifests().put(IMAGE_DIGEST, IMAGE);
            tx.repository(APP).manifests().put(second.raw().sha256(), second);
        });
        catalog.write(tx -> assertThat(tx.repository(APP).tags().set(Tag.LATEST, IMAGE_DIGEST)))
                .isEmpty();
        catalog.write(tx -> assertThat(
                        tx.repository(APP).tags().set(Tag.LATEST, second.raw().sha256())))
                .contains(IMAGE_DIGEST);
        catalog.read(tx -> assertThat(tx.repository(APP).tags().find(Tag.LATEST)))
                .contains(second.raw().sha256());
        catalog.read(tx -> assertThat(tx.repository(OTHER).tags().find(Tag.LATEST)))
                .isEmpty();
    }

    @Test
    void tagOfAnAbsentManifestIsRefused() {
        catalog.change(tx -> tx.repository(OTHER).manifests().put(IMAGE_DIGEST, IMAGE));

        assertThatThrownBy(() -> catalog.write(tx -> tx.repository(APP).tags().set(Tag.LATEST, IMAGE_DIGEST)))
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.NOT_FOUND));
    }

    @Test
    void deletedManifestTakesItsTagsWithIt() {
        catalog.change(tx -> {
            tx.repository(APP).manifests().put(IMAGE_DIGEST, IMAGE);
            tx.repository(APP).tags().set(Tag.LATEST, IMAGE_DIGEST);
        });
        catalog.write(tx -> assertThat(tx.repository(APP).manifests().delete(IMAGE_DIGEST)))
                .isTrue();
        catalog.read(tx -> assertThat(tx.repository(APP).tags().list(Optional.empty(), 10)))
                .isEmpty();
        catalog.write(tx -> assertThat(tx.repository(APP).manifests().delete(IMAGE_DIGEST)))
                .isFalse();
    }

    @Test
    void tagsAreListedInAsciiOrderWithTheirManifests() {
        catalog.change(tx -> {
            tx.repository(APP).manifests().put(IMAGE_DIGEST, IMAGE);
            for (String tag : List.of("b", "a", "_", "Z", "10", "2")) {
                tx.repository(APP).tags().set(new Tag(tag), IMAGE_DIGEST);
            }
        });
        catalog.read(tx -> assertThat(tx.repository(APP).tags().list(Optional.of(new Tag("11")), 4)))
                .extracting(Tags.Entry::tag)
                .containsExactly(new Tag("2"), new Tag("Z"), new Tag("_"), new Tag("a"));
        catalog.read(tx -> assertThat(tx.repository(APP).tags().of(IMAGE_DIGEST)))
                .hasSize(6);
    }

    @Test
    void manifestIsGivenBackAsItsBytes() {
        catalog.change(tx -> tx.repository(APP).manifests().put(IMAGE_DIGEST, IMAGE));

        Manifests.Stored stored = catalog.read(
                        tx -> tx.repository(APP).manifests().find(IMAGE_DIGEST))
                .orElseThrow();
        assertThat(stored).isEqualTo(new Manifests.Stored(IMAGE_DIGEST, IMAGE.mediaType(), IMAGE.raw(), NOW));
        catalog.read(tx -> assertThat(tx.repository(OTHER).manifests().missing(List.of(IMAGE_DIGEST))))
                .containsExactly(IMAGE_DIGEST);
    }

    @Test
    void referrersAreFoundBySubject() {
        Manifest referrer = Samples.referrer(CONFIG, IMAGE_DIGEST);
        catalog.change(tx -> tx.repository(APP).manifests().put(referrer.raw().sha256(), referrer));

        catalog.read(tx -> assertThat(tx.repository(APP).manifests().referrers(IMAGE_DIGEST, Optional.empty(), 10)))
                .extracting(Manifests.Stored::raw)
                .containsExactly(referrer.raw());
        catalog.read(tx -> assertThat(tx.repository(OTHER).manifests().referrers(IMAGE_DIGEST, Optional.empty(), 10)))
                .isEmpty();
    }

    @Test
    void blobIsReadWhereItIsLinkedAndReferencedWhereAManifestNamesIt() {
        catalog.change(tx -> {
            tx.blobs().putInline(LAYER, RawBytes.utf8("abc"), NOW);
            tx.repository(APP).links().add(LAYER);
            tx.repository(OTHER).links().add(LAYER);
            tx.repository(APP).manifests().put(IMAGE_DIGEST, IMAGE);
        });
        catalog.read(tx -> assertThat(tx.repository(APP).links().find(LAYER)))
                .hasValueSatisfying(row -> assertThat(row.size()).isEqualTo(3));
        catalog.read(tx -> assertThat(tx.repository(APP).links().missing(List.of(CONFIG, LAYER))))
                .containsExactly(CONFIG);
        catalog.read(tx -> assertThat(tx.repository(APP).links().referenced(LAYER)))
                .isTrue();
        catalog.read(tx -> assertThat(tx.repository(OTHER).links().referenced(LAYER)))
                .isFalse();
        catalog.write(tx -> assertThat(tx.repository(APP).links().remove(LAYER)))
                .isTrue();
        catalog.read(tx -> assertThat(tx.repository(APP).links().find(LAYER))).isEmpty();
    }

    @Test
    void absentBlobCannotBeLinked() {
        assertThatThrownBy(() -> catalog.write(tx -> tx.repository(APP).links().add(LAYER)))
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.NOT_FOUND));
        catalog.read(tx -> assertThat(tx.repository(APP).exists())).isFalse();
    }

    @Test
    void leasesEndWithTheirProcess() {
        ProcessId process = catalog.write(tx -> add(tx.processes()));
        catalog.change(tx -> {
            long lease = tx.processes().leases().open(process);
            tx.processes().leases().cover(lease, List.of(LAYER, CONFIG));
        });
        catalog.read(tx -> assertThat(tx.processes().leases().holders(LAYER))).containsExactly(process);

        catalog.change(tx -> tx.processes().remove(process));

        catalog.read(tx -> assertThat(tx.processes().leases().holders(LAYER))).isEmpty();
        catalog.write(tx -> assertThat(add(tx.processes()))).isNotEqualTo(process);
        catalog.write(tx -> assertThat(tx.processes().add(process))).isFalse();
    }

    @Test
    void provenanceNamesTheRepositoryLastSeenFirst() {
        RepositoryName third = RepositoryName.parse("third");
        catalog.change(tx -> {
            tx.provenance().seen(List.of(LAYER), "localhost:5000", APP, NOW);
            tx.provenance().seen(List.of(LAYER, CONFIG), "localhost:5000", OTHER, NOW.plusSeconds(1));
            tx.provenance().seen(List.of(LAYER), "quay.io", third, NOW);
            tx.provenance().seen(List.of(LAYER), "localhost:5000", APP, NOW.plusSeconds(2));
        });
        catalog.read(tx -> assertThat(tx.provenance().sources(LAYER, "localhost:5000")))
                .containsExactly(APP, OTHER);

        catalog.change(tx -> tx.provenance().forget(LAYER, "localhost:5000", APP));

        catalog.read(tx -> assertThat(tx.provenance().sources(LAYER, "localhost:5000")))
                .containsExactly(OTHER);
        catalog.read(tx -> assertThat(tx.provenance().places(LAYER)))
                .containsExactly(new Provenance.Place("localhost:5000", OTHER), new Provenance.Place("quay.io", third));
        catalog.read(tx -> assertThat(tx.provenance().anywhere(IMAGE_DIGEST))).isFalse();
        catalog.read(tx -> assertThat(tx.provenance().anywhere(CONFIG))).isTrue();
    }

    @Test
    void repositoriesAreListedInPages() {
        catalog.change(tx -> {
            for (String name : List.of("c", "a", "b/x", "b")) {
                tx.repository(RepositoryName.parse(name)).manifests().put(IMAGE_DIGEST, IMAGE);
            }
        });
        catalog.read(tx -> assertThat(tx.repositories(Optional.of(RepositoryName.parse("a")), 2)))
                .containsExactly(RepositoryName.parse("b"), RepositoryName.parse("b/x"));
    }

    @Test
    void repositoriesAreFoundByTheirPathBehindAHost() {
        List<RepositoryName> named = List.of(
                new RepositoryName("docker.io/team/app"),
                new RepositoryName("localhost:5000/team/app"),
                new RepositoryName("quay.io/mirror/team/app"),
                new RepositoryName("quay.io/team/app-1"),
                new RepositoryName("team/app"));
        catalog.change(
                tx -> named.forEach(name -> tx.repository(name).manifests().put(IMAGE_DIGEST, IMAGE)));

        catalog.read(tx -> assertThat(
                        tx.repository(RepositoryName.parse("team/app")).behindHosts()))
                .containsExactlyElementsOf(named.subList(0, 2));
        catalog.read(tx -> assertThat(tx.repository(RepositoryName.parse("app")).behindHosts()))
                .containsExactly(named.getLast());
        catalog.read(tx -> assertThat(tx.repository(named.getFirst()).behindHosts()))
                .isEmpty();
    }

    @Test
    void everythingIsThereAfterReopening() {
        catalog.change(tx -> tx.settings().put("color", "red"));
        catalog.close();
        open();

        catalog.read(tx -> assertThat(tx.settings().find("color"))).contains("red");
        catalog.read(tx -> assertThat(tx.settings().find("kind"))).contains("test");
    }

    private static ProcessId add(Processes processes) {
        ProcessId next = processes.next();
        assertThat(processes.add(next)).isTrue();
        return next;
    }
}
