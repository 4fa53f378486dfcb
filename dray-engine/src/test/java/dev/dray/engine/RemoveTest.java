package dev.dray.engine;

import static dev.dray.engine.Failures.kind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.client.transfer.TransferListener;
import dev.dray.engine.copy.PullOptions;
import dev.dray.engine.repository.RemoveReport;
import dev.dray.engine.repository.StoredImage;
import dev.dray.engine.transfer.PlatformChoice;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.Tag;
import dev.dray.store.Store;
import dev.dray.store.StoreKind;
import dev.dray.store.collect.CollectReport;
import dev.dray.store.collect.CollectedKind;
import dev.dray.store.fixture.TestStores;
import dev.dray.store.process.Lease;
import dev.dray.testkit.RandomImage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RemoveTest {
    @AutoClose
    private final EngineHost host = EngineHost.create();

    private final RandomImage image = RandomImage.of(1, 2, 100);
    private final Digest digest = image.manifest().raw().sha256();

    @BeforeEach
    void pull() throws IOException {
        host.serve(image, "team/app:1");
        host.pull("team/app:1");
    }

    private List<RemoveReport> remove(String path) {
        return host.engine.remove(host.name(path).toString(), false);
    }

    private void tag(String target) throws IOException {
        host.engine.tag(host.name("team/app:1").toString(), host.name(target));
    }

    private String id() {
        return image.manifest().config().digest().hex().substring(0, 12);
    }

    @Test
    void lastNameTakesTheManifestAndItsLinksAlong() {
        assertThat(remove("team/app:1")).singleElement().satisfies(report -> {
            assertThat(report.untagged()).containsExactly(new Tag("1"));
            assertThat(report.deleted()).containsExactly(digest);
        });

        assertThat(host.engine.images()).isEmpty();
        try (Store store = TestStores.open(host.images, StoreKind.ENGINE)) {
            var linked = store.catalog()
                    .read(transaction -> transaction
                            .repository(host.name("team/app").fullName())
                            .links()
                            .find(image.manifest().config().digest()));
            assertThat(linked).isEmpty();
        }
    }

    @Test
    void whatTheImageAloneNeededComesFreeAtOnce() throws IOException {
        Digest layer = image.manifest().layers().getFirst().digest();
        try (Store store = TestStores.open(host.images, StoreKind.ENGINE);
                Lease lease = store.lease()) {
            lease.cover(List.of(layer));
            assertThat(remove("team/app:1"))
                    .singleElement()
                    .satisfies(report -> assertThat(report.freed().orElseThrow().of(CollectedKind.INLINE))
                            .extracting(CollectReport.Amount::count)
                            .isEqualTo(2L));

            store.catalog()
                    .read(tx -> assertThat(tx.blobs().list(Optional.empty(), 10))
                            .extracting(use -> use.row().digest()))
                    .containsExactly(layer);
        }
    }

    @Test
    void blobsOfAnotherImageStay() throws IOException {
        host.serve(image, "other/app:1");
        host.pull("other/app:1");

        assertThat(remove("team/app:1"))
                .singleElement()
                .satisfies(report ->
                        assertThat(report.freed().orElseThrow().amounts()).isEmpty());

        assertThat(host.verify().findings()).isEmpty();
    }

    @Test
    void otherNamesKeepTheImage() throws IOException {
        tag("team/app:2");

        assertThat(remove("team/app:1")).singleElement().satisfies(report -> {
            assertThat(report.untagged()).containsExactly(new Tag("1"));
            assertThat(report.deleted()).isEmpty();
        });

        assertThat(host.image("team/app:2").digest()).isEqualTo(digest);
        assertThat(host.verify().findings()).isEmpty();
    }

    @Test
    void idTakesAllNamesOfOneRepository() throws IOException {
        tag("team/app:2");

        host.engine.remove(id(), false);

        assertThat(host.engine.images()).isEmpty();
    }

    @Test
    void idThatSeveralRepositoriesNameIsRefused() throws IOException {
        tag("other/app:1");

        assertThatThrownBy(() -> host.engine.remove(id(), false))
                .satisfies(kind(DrayException.Kind.CONFLICT))
                .hasMessageContaining("team/app")
                .hasMessageContaining("other/app");

        assertThat(host.engine.images()).hasSize(2);
    }

    @Test
    void idThatSeveralRepositoriesNameGoesByForce() throws IOException {
        tag("other/app:1");

        host.engine.remove(id(), true);

        assertThat(host.engine.images()).isEmpty();
    }

    @Test
    void tagThatMovedMeanwhileStays() throws IOException {
        StoredImage found = host.image("team/app:1");
        RandomImage second = RandomImage.of(2, 1, 100);
        host.serve(second, "team/app:1");
        host.pull("team/app:1");

        host.engine.remove(found);

        assertThat(host.image("team/app:1").digest())
                .isEqualTo(second.manifest().raw().sha256());
    }

    @Test
    void indexTakesItsImagesAlongButNotTheOneThatHasATag() throws IOException {
        RandomImage kept = RandomImage.of(3, 1, 100);
        TestIndex index = TestIndex.of(Map.of("linux/amd64", kept, "linux/arm64", RandomImage.of(4, 1, 100)));
        host.serve(index, "multi:1");
        host.engine.pull(host.name("multi:1"), PullOptions.of(PlatformChoice.parse("all")), TransferListener.silent());
        host.serve(kept, "multi:amd64");
        host.pull("multi:amd64");

        List<RemoveReport> reports = remove("multi:1");

        assertThat(reports)
                .singleElement()
                .satisfies(report -> assertThat(report.deleted())
                        .hasSize(2)
                        .doesNotContain(kept.manifest().raw().sha256()));
        assertThat(host.image("multi:amd64").digest())
                .isEqualTo(kept.manifest().raw().sha256());
        assertThat(host.verify().findings()).isEmpty();
    }

    @Test
    void tagOfAnIndexedImageLeavesTheIndexWhole() throws IOException {
        RandomImage child = RandomImage.of(5, 1, 100);
        host.serve(TestIndex.of(Map.of("linux/amd64", child)), "multi:1");
        host.engine.pull(host.name("multi:1"), PullOptions.of(PlatformChoice.parse("all")), TransferListener.silent());
        host.serve(child, "multi:amd64");
        host.pull("multi:amd64");

        assertThat(remove("multi:amd64"))
                .singleElement()
                .satisfies(report -> assertThat(report.deleted()).isEmpty());
        assertThatThrownBy(() -> remove("multi@" + child.manifest().raw().sha256()))
                .satisfies(kind(DrayException.Kind.CONFLICT));

        assertThat(host.engine.images())
                .filteredOn(summary -> summary.image().repository().value().endsWith("multi"))
                .singleElement()
                .satisfies(summary -> assertThat(summary.platforms()).isEqualTo(1));
    }

    @Test
    void absentImageIsNotFound() {
        assertThatThrownBy(() -> remove("team/none:1")).satisfies(kind(DrayException.Kind.NOT_FOUND));
    }
}
