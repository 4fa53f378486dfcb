package dev.dray.engine;

import static dev.dray.engine.Failures.kind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.client.transfer.BlobFate;
import dev.dray.client.transfer.TransferListener;
import dev.dray.engine.copy.PullOptions;
import dev.dray.engine.copy.PullReport;
import dev.dray.engine.transfer.PlatformChoice;
import dev.dray.engine.verify.VerifyReport;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import dev.dray.model.image.Descriptor;
import dev.dray.store.Store;
import dev.dray.store.StoreKind;
import dev.dray.store.collect.CollectListener;
import dev.dray.store.collect.CollectReport;
import dev.dray.store.fixture.TestStores;
import dev.dray.testkit.RandomImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class PullTest {
    private static final int LARGE = 50_000;

    @AutoClose
    private final EngineHost host = EngineHost.create();

    @Test
    void pulledImageIsVerifiedWhole() throws IOException {
        RandomImage image = RandomImage.of(1, 3, LARGE);
        host.serve(image, "team/app:1");

        PullReport report = host.pull("team/app:1");

        assertThat(report.digest()).isEqualTo(image.manifest().raw().sha256());
        assertThat(report.changed()).isTrue();
        assertThat(report.blobs()).isEqualTo(4);
        assertThat(report.fetched()).isEqualTo(4);
        VerifyReport verified = host.verify();
        assertThat(verified.findings()).isEmpty();
        assertThat(verified.digestsVerified()).isEqualTo(1 + 4 + 3);
    }

    @Test
    void blobsThatHaveComeStayWhileAnotherProcessFreesThem() throws IOException {
        RandomImage image = RandomImage.of(1, 3, LARGE);
        host.serve(image, "team/app:1");
        try (Store other = TestStores.open(host.images, StoreKind.ENGINE)) {
            Freeing freeing = new Freeing(other);

            host.engine.pull(host.name("team/app:1"), PullOptions.of(PlatformChoice.parse("linux/amd64")), freeing);

            assertThat(freeing.outcomes).containsOnly("nothing freed").hasSize(4);
        }
        assertThat(host.verify().findings()).isEmpty();
    }

    /// Frees each blob as soon as it has come, as a `prune` of another process would.
    private static final class Freeing implements TransferListener {
        private final Store store;
        private final List<String> outcomes = new ArrayList<>();

        Freeing(Store store) {
            this.store = store;
        }

        @Override
        public void begin(Descriptor blob) {}

        @Override
        public void advance(Descriptor blob, long position) {}

        @Override
        public synchronized void done(Descriptor blob, BlobFate fate) {
            try {
                CollectReport report = store.collector()
                        .free(List.of(blob.digest()), CollectListener.NONE)
                        .orElseThrow();
                outcomes.add(report.amounts().isEmpty() ? "nothing freed" : report.amounts() + " of " + blob);
            } catch (IOException | RuntimeException e) {
                outcomes.add(e.toString());
            }
        }
    }

    @Test
    void secondPullFetchesNothingAndChangesNothing() throws IOException {
        host.serve(RandomImage.of(2, 2, LARGE), "team/app:1");
        host.pull("team/app:1");

        PullReport again = host.pull("team/app:1");

        assertThat(again.changed()).isFalse();
        assertThat(again.fetched()).isZero();
        assertThat(again.bytes()).isZero();
    }

    @Test
    void blobsOfOtherRepositoriesAreLinkedWithoutDownload() throws IOException {
        RandomImage image = RandomImage.of(3, 3, LARGE);
        host.serve(image, "team/app:1");
        host.serve(image, "other/app:1");
        host.pull("team/app:1");

        PullReport report = host.pull("other/app:1");

        assertThat(report.fetched()).isZero();
        assertThat(report.changed()).isTrue();
        assertThat(host.verify().findings()).isEmpty();
    }

    @Test
    void layersThatAreRecipesAreNotMadeAgainForAnotherImageOfThem() throws IOException {
        RandomImage image = RandomImage.of(2, 2, 50_000);
        host.serve(image, "team/app:1");
        host.serve(image, "team/other:1");
        host.pull("team/app:1");

        host.withoutPacks(() -> assertThat(host.pull("team/other:1").fetched()).isZero());

        assertThat(host.verify().findings()).isEmpty();
    }

    @Test
    void wrongBytesOfTheRegistryAreCorruptAndNothingIsKept() throws IOException {
        RandomImage image = RandomImage.of(4, 1, LARGE);
        host.serve(image, "team/app:1");
        EngineHost.damage(host.served, layer(image, 0));

        assertThatThrownBy(() -> host.pull("team/app:1")).satisfies(kind(DrayException.Kind.CORRUPT));

        assertThat(host.engine.images()).isEmpty();
        assertThat(EngineHost.files(host.images, layer(image, 0))).isEmpty();
        try (var staged = Files.list(host.images.resolve("staging"))) {
            assertThat(staged).isEmpty();
        }
    }

    @Test
    void pullThatBrokeOffIsGoneOnWithByTheNextOne() throws IOException {
        RandomImage image = RandomImage.of(5, 3, LARGE);
        host.serve(image, "team/app:1");
        Path file = EngineHost.file(host.served, layer(image, 1));
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        assertThatThrownBy(() -> host.pull("team/app:1")).isInstanceOf(DrayException.class);
        assertThat(host.engine.images()).isEmpty();
        Files.write(file, bytes);

        PullReport report = host.pull("team/app:1");

        assertThat(report.digest()).isEqualTo(image.manifest().raw().sha256());
        assertThat(host.verify().findings()).isEmpty();
    }

    @Test
    void failedPullLeavesTheTagWhereItWas() throws IOException {
        RandomImage first = RandomImage.of(6, 1, LARGE);
        RandomImage second = RandomImage.of(7, 1, LARGE);
        host.serve(first, "team/app:1");
        host.pull("team/app:1");
        host.serve(second, "team/app:1");
        EngineHost.damage(host.served, layer(second, 0));

        assertThatThrownBy(() -> host.pull("team/app:1")).isInstanceOf(DrayException.class);

        assertThat(host.image("team/app:1").digest())
                .isEqualTo(first.manifest().raw().sha256());
    }

    @Test
    void imageIsPulledByDigestWithoutATag() throws IOException {
        RandomImage image = RandomImage.of(8, 1, 100);
        host.serve(image, "team/app:1");
        Digest digest = image.manifest().raw().sha256();

        PullReport report = host.pull("team/app@" + digest);

        assertThat(report.reference()).isEqualTo(host.name("team/app@" + digest));
        assertThat(host.engine.image(report.reference().toString()).tag()).isEmpty();
    }

    @Test
    void imageOfAnIndexPulledByDigestIsReachedByTheNameThatIsReported() throws IOException {
        TestIndex index = TestIndex.of(Map.of("linux/amd64", RandomImage.of(9, 1, 100)));
        host.serve(index, "team/app:1");

        Reference reported =
                host.pull("team/app@" + index.manifest().raw().sha256()).reference();

        assertThat(host.engine.image(reported.toString()).digest())
                .isEqualTo(index.image("linux/amd64").manifest().raw().sha256());
    }

    @Test
    void absentImageIsNotFound() {
        assertThatThrownBy(() -> host.pull("team/none:1")).satisfies(kind(DrayException.Kind.NOT_FOUND));
    }

    private static Digest layer(RandomImage image, int number) {
        Descriptor layer = image.manifest().layers().get(number);
        return layer.digest();
    }
}
