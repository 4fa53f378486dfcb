package dev.dray.engine.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.client.transfer.TransferListener;
import dev.dray.engine.EngineHost;
import dev.dray.engine.TestReferrer;
import dev.dray.engine.copy.PullOptions;
import dev.dray.engine.policy.PolicyListener;
import dev.dray.engine.policy.StorageForm;
import dev.dray.engine.repository.ImageSummary;
import dev.dray.engine.transfer.PlatformChoice;
import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.store.Store;
import dev.dray.store.StoreKind;
import dev.dray.store.StoreOptions;
import dev.dray.store.blob.FinishOutcome;
import dev.dray.store.blob.StagedBlob;
import dev.dray.store.collect.CollectOptions;
import dev.dray.store.collect.CollectReport;
import dev.dray.store.collect.CollectedKind;
import dev.dray.store.fixture.TestStores;
import dev.dray.testkit.RandomImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class StoreUseTest {
    private static final int LARGE = 50_000;

    @AutoClose
    private final EngineHost host = EngineHost.create();

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(9);
    private final RandomImage.Layer base = RandomImage.Layer.random(random, 0, LARGE);

    /// An image over the common base with a layer of its own.
    private void pull(String path, int salt) throws IOException {
        List<RandomImage.Layer> layers = new ArrayList<>(List.of(base, RandomImage.Layer.random(random, salt, LARGE)));
        host.serve(RandomImage.of(layers, salt), path);
        host.pull(path);
    }

    private StoreUse use() throws IOException {
        return host.engine
                .layerStorage()
                .use(host.engine.images().stream().map(ImageSummary::image).toList());
    }

    @Test
    void sharedFilesCountForBothAndOwnOnesForOne() throws IOException {
        host.keeping(StorageForm.BLOB);
        pull("a/app:1", 1);
        pull("b/app:1", 2);

        StoreUse use = use();

        assertThat(use.images()).allSatisfy(image -> {
            assertThat(image.shared()).isEqualTo(base.blob().size());
            assertThat(image.own()).isEqualTo(image.size() - base.blob().size());
        });
        assertThat(use.repositories()).hasSize(2);
        assertThat(use.totals().files().count()).isEqualTo(3);
        assertThat(use.totals().files().unreferenced()).isZero();
        assertThat(use.totals().rebuilt().count()).isZero();
    }

    @Test
    void rebuiltBlobsTakeTheirContentsAndRecipes() throws IOException {
        pull("a/app:1", 1);
        pull("b/app:1", 2);

        StoreUse use = use();

        assertThat(use.totals().files().count()).isZero();
        assertThat(use.totals().rebuilt().count()).isEqualTo(3);
        assertThat(use.totals().recipes().count()).isEqualTo(3);
        assertThat(use.totals().contents().count()).isEqualTo(3);
        assertThat(use.images()).allSatisfy(image -> {
            assertThat(image.shared()).isBetween((long) LARGE, LARGE * 11L / 10);
            assertThat(image.own()).isBetween((long) LARGE, LARGE * 11L / 10);
        });
    }

    /// Puts a blob into the store that no repository links, as a load leaves it that broke off.
    private void abandon(RawBytes bytes, Instant when) throws IOException {
        StoreOptions then = StoreOptions.standard().withClock(InstantSource.fixed(when));
        try (Store store = TestStores.open(host.images, StoreKind.ENGINE, then);
                StagedBlob staged = store.blobs().stage(Digest.Algorithm.SHA256)) {
            staged.write(ByteBuffer.wrap(bytes.toByteArray()));
            if (staged.finish(bytes.sha256()) instanceof FinishOutcome.Complete(var blob)) {
                store.blobs().publish(blob, _ -> Boolean.TRUE);
            }
        }
    }

    private CollectReport dryRun() throws IOException {
        try (Store store = TestStores.openExisting(host.images)) {
            return store.collector()
                    .collect(CollectOptions.after(store.kind().grace()).withDryRun(true), (_, _, _) -> {})
                    .orElseThrow();
        }
    }

    @Test
    void blobThatNoRepositoryLinksIsUnreferencedAndReclaimableWhenItIsOld() throws IOException {
        pull("a/app:1", 1);
        RawBytes fresh = RandomImage.Layer.random(random, 7, LARGE).blob();
        abandon(RandomImage.Layer.random(random, 8, LARGE).blob(), Instant.now().minus(Duration.ofDays(2)));
        abandon(fresh, Instant.now());

        StoreUse use = use();

        assertThat(use.totals().files().count()).isEqualTo(2);
        assertThat(use.totals().files().unreferenced())
                .isEqualTo(use.totals().files().bytes());
        assertThat(use.reclaimable()).isEqualTo(dryRun());
        assertThat(use.reclaimable().of(CollectedKind.FILE).count()).isOne();
        assertThat(use.reclaimable().bytes()).isEqualTo(use.totals().files().bytes() - fresh.size());
    }

    @Test
    void blobsOfReferrersAreReferenced() throws IOException {
        RandomImage image = RandomImage.of(List.of(base), 1);
        host.serve(image, "a/app:1");
        TestReferrer.of(image.manifest(), "what is in it").attach(host.name("a/app:1"));
        host.engine.pull(
                host.name("a/app:1"),
                new PullOptions(new PlatformChoice.All(), true, false),
                TransferListener.silent());

        assertThat(use().totals().inline().count())
                .as("config, empty config, words")
                .isEqualTo(3);
        assertThat(use().totals().inline().unreferenced()).isZero();
    }

    @Test
    void contentsOfLayersThatAreBlobsAgainAreUnreferenced() throws IOException {
        pull("a/app:1", 1);
        assertThat(use().totals().contents().unreferenced()).isLessThan(LARGE / 10);

        host.engine
                .layerStorage()
                .convert(
                        List.of(host.image("a/app:1")),
                        Optional.of(StorageForm.BLOB),
                        PolicyListener.of(TransferListener.silent()));

        assertThat(use().totals().contents().unreferenced()).isBetween(2L * LARGE, 2L * LARGE * 11 / 10);
    }
}
