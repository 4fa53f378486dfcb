package dev.dray.engine;

import static dev.dray.engine.Failures.kind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.client.push.PushReport;
import dev.dray.client.transfer.TransferListener;
import dev.dray.engine.copy.PullOptions;
import dev.dray.engine.copy.PushOptions;
import dev.dray.engine.policy.StorageForm;
import dev.dray.engine.transfer.PlatformChoice;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import dev.dray.model.RepositoryName;
import dev.dray.store.Store;
import dev.dray.store.StoreKind;
import dev.dray.store.fixture.TestStores;
import dev.dray.testkit.RandomImage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class PushTest {
    private static final int LARGE = 50_000;

    @AutoClose
    private final EngineHost host = EngineHost.create();

    private Map<Reference, PushReport> push(String... paths) throws IOException {
        List<Reference> names = List.of(paths).stream().map(host::name).toList();
        return host.engine.push(names, PushOptions.standard(), TransferListener.silent());
    }

    private RandomImage pulled(long seed, String path) throws IOException {
        RandomImage image = RandomImage.of(seed, 3, LARGE);
        host.serve(image, path);
        host.pull(path);
        return image;
    }

    private void tag(String source, String target) throws IOException {
        host.engine.tag(host.name(source).toString(), host.name(target));
    }

    @Test
    void retaggedImageIsLinkedWhole() throws IOException {
        RandomImage image = pulled(1, "team-a/app:1");
        tag("team-a/app:1", "team-b/app:1");

        PushReport report = push("team-b/app:1").get(host.name("team-b/app:1"));

        assertThat(report).isNotNull();
        assertThat(host.linksTo("team-b/app")).isEqualTo(4);
        assertThat(host.uploadsTo("team-b/app")).isZero();
        assertThat(host.served("team-b/app:1")).isEqualTo(image.manifest().raw().sha256());
    }

    @Test
    void sharedBlobsOfSeveralNamesAreSentOnce() throws IOException {
        List<RandomImage.Layer> layers = List.of(
                RandomImage.Layer.random(RandomGenerator.getDefault(), 0, LARGE),
                RandomImage.Layer.random(RandomGenerator.getDefault(), 1, LARGE));
        try (EngineHost other = EngineHost.create()) {
            for (int i = 0; i < 3; i++) {
                other.serve(RandomImage.of(layers, i), "team/app:" + i);
                other.pull("team/app:" + i);
                other.engine.tag(other.name("team/app:" + i).toString(), host.name("team/app:" + i));
            }
            List<Reference> names = List.of(host.name("team/app:0"), host.name("team/app:1"), host.name("team/app:2"));
            other.engine.push(names, PushOptions.standard(), TransferListener.silent());
        }

        assertThat(host.uploadsTo("team/app")).isEqualTo(2 + 3);
        assertThat(host.served("team/app:2"))
                .isEqualTo(RandomImage.of(layers, 2).manifest().raw().sha256());
    }

    @Test
    void secondRepositoryOfOneCallLinksWhatTheFirstBrought() throws IOException {
        try (EngineHost other = EngineHost.create()) {
            other.serve(RandomImage.of(3, 2, LARGE), "app:1");
            other.pull("app:1");
            other.engine.tag(other.name("app:1").toString(), host.name("a/app:1"));
            other.engine.tag(other.name("app:1").toString(), host.name("b/app:1"));
            other.engine.push(
                    List.of(host.name("a/app:1"), host.name("b/app:1")),
                    PushOptions.standard(),
                    TransferListener.silent());
        }

        assertThat(host.uploadsTo("a/app")).isEqualTo(3);
        assertThat(host.uploadsTo("b/app")).isZero();
        assertThat(host.linksTo("b/app")).isEqualTo(3);
    }

    @Test
    void nameThatIsGivenTwiceIsPushedOnce() throws IOException {
        pulled(4, "team/app:1");

        PushReport report = push("team/app:1", "team/app:1").get(host.name("team/app:1"));

        assertThat(report)
                .isNotNull()
                .satisfies(pushed -> assertThat(pushed.tags()).hasSize(1));
    }

    @Test
    void indexWithoutAllOfItsImagesIsRefusedByTheNamesOfThePlatforms() throws IOException {
        Map<String, RandomImage> images = new LinkedHashMap<>();
        images.put("linux/amd64", RandomImage.of(5, 1, 100));
        images.put("linux/arm64", RandomImage.of(6, 1, 100));
        TestIndex index = TestIndex.of(images);
        host.serve(index, "team/app:1");
        host.engine.pull(
                host.name("team/app:1"), PullOptions.of(PlatformChoice.parse("all")), TransferListener.silent());
        forget("team/app", index.image("linux/arm64").manifest().raw().sha256());

        assertThatThrownBy(() -> push("team/app:1"))
                .satisfies(kind(DrayException.Kind.CONFLICT))
                .hasMessageContaining("linux/arm64")
                .hasMessageNotContaining("linux/amd64");
    }

    private void forget(String path, Digest manifest) {
        RepositoryName repository = host.name(path).fullName();
        try (Store store = TestStores.open(host.images, StoreKind.ENGINE)) {
            store.catalog()
                    .change(transaction ->
                            transaction.repository(repository).manifests().delete(manifest));
        }
    }

    @Test
    void blobThatWasFoundDamagedIsFetchedAgainFromWhereItWasSeen() throws IOException {
        try (EngineHost other = EngineHost.create().keeping(StorageForm.BLOB)) {
            RandomImage image = RandomImage.of(7, 1, LARGE);
            other.serve(image, "app:1");
            other.pull("app:1");
            EngineHost.damage(other.images, image.manifest().layers().getFirst().digest());
            other.verify();
            other.engine.tag(other.name("app:1").toString(), host.name("app:1"));

            other.engine.push(List.of(host.name("app:1")), PushOptions.standard(), TransferListener.silent());

            assertThat(host.served("app:1")).isEqualTo(image.manifest().raw().sha256());
        }
    }

    @Test
    void damagedBlobThatNobodyGivesBackIsNotPushedAndItsImagesAreNamed() throws IOException {
        try (EngineHost other = EngineHost.create().keeping(StorageForm.BLOB)) {
            RandomImage image = RandomImage.of(7, 1, LARGE);
            Digest layer = image.manifest().layers().getFirst().digest();
            other.serve(image, "app:1");
            other.pull("app:1");
            EngineHost.damage(other.images, layer);
            EngineHost.damage(other.served, layer);
            other.verify();
            other.engine.tag(other.name("app:1").toString(), host.name("app:1"));

            assertThatThrownBy(() -> other.engine.push(
                            List.of(host.name("app:1")), PushOptions.standard(), TransferListener.silent()))
                    .satisfies(kind(DrayException.Kind.CORRUPT))
                    .hasMessageContaining(layer.toString())
                    .hasMessageContaining(other.name("app:1").familiar());
        }
        assertThatThrownBy(() -> host.served("app:1")).isInstanceOf(DrayException.class);
    }

    @Test
    void damageThatNobodyHasFoundIsNotPushedAsGood() throws IOException {
        try (EngineHost other = EngineHost.create().keeping(StorageForm.BLOB)) {
            RandomImage image = RandomImage.of(8, 1, LARGE);
            other.serve(image, "app:1");
            other.pull("app:1");
            EngineHost.damage(other.images, image.manifest().layers().getFirst().digest());
            other.engine.tag(other.name("app:1").toString(), host.name("app:1"));

            assertThatThrownBy(() -> other.engine.push(
                            List.of(host.name("app:1")), PushOptions.standard(), TransferListener.silent()))
                    .isInstanceOf(DrayException.class);
        }
        assertThatThrownBy(() -> host.served("app:1")).isInstanceOf(DrayException.class);
    }

    @Test
    void blobThatIsMissingHereIsNotMissedWhereTheRegistryHasIt() throws IOException {
        RandomImage image = pulled(9, "team/app:1");
        lose("team/app", image.manifest().layers().getFirst().digest());

        push("team/app:1");

        assertThat(host.served("team/app:1")).isEqualTo(image.manifest().raw().sha256());
    }

    @Test
    void blobThatIsMissingHereAndThereIsNamed() throws IOException {
        RandomImage image = pulled(10, "team/app:1");
        Digest lost = image.manifest().layers().getFirst().digest();
        lose("team/app", lost);
        tag("team/app:1", "other/app:1");

        assertThatThrownBy(() -> push("other/app:1"))
                .satisfies(kind(DrayException.Kind.NOT_FOUND))
                .hasMessageContaining(lost.toString());
    }

    private void lose(String path, Digest blob) {
        RepositoryName repository = host.name(path).fullName();
        try (Store store = TestStores.open(host.images, StoreKind.ENGINE)) {
            store.catalog()
                    .change(transaction ->
                            transaction.repository(repository).links().remove(blob));
        }
    }

    @Test
    void nameThatTheStoreLacksIsNotFoundBeforeAnythingIsSent() throws IOException {
        pulled(11, "team/app:1");
        tag("team/app:1", "team/app:2");

        assertThatThrownBy(() -> push("team/app:2", "team/none:1")).satisfies(kind(DrayException.Kind.NOT_FOUND));

        assertThatThrownBy(() -> host.served("team/app:2")).isInstanceOf(DrayException.class);
    }
}
