package dev.dray.registry.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.registry.RegistryEvent;
import dev.dray.registry.RegistryListener;
import dev.dray.registry.RegistrySettings;
import dev.dray.registry.server.EmbeddedRegistry;
import dev.dray.store.Store;
import dev.dray.store.blob.StagedBlob;
import dev.dray.store.collect.CollectReport;
import dev.dray.store.collect.CollectedKind;
import dev.dray.store.fixture.TestStores;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A registry frees unreferenced content by itself.
class CollectingTest {
    private static final RepositoryName APP = RepositoryName.parse("team-a/app");

    @Test
    void blobWithoutAManifestGoesWhileTheRegistryServes() throws Exception {
        Heard heard = new Heard();
        RegistrySettings settings =
                RegistrySettings.DEFAULT.collecting(Duration.ZERO, false).withBetweenCollections(Duration.ofMillis(20));
        try (EmbeddedRegistry registry = EmbeddedRegistry.configure()
                .withStoreOptions(TestStores.options())
                .withListener(heard)
                .withSettings(settings)
                .start()) {
            publish(registry.store(), new byte[100_000]);

            CollectReport report = heard.collected.get(1, TimeUnit.MINUTES);

            assertThat(report.of(CollectedKind.FILE).bytes()).isEqualTo(100_000);
            assertThat(registry.store().blobs().find(APP, Digest.sha256(new byte[100_000])))
                    .isEmpty();
        }
    }

    private static void publish(Store store, byte[] content) {
        try (StagedBlob staged = store.blobs().stage(Digest.Algorithm.SHA256)) {
            staged.write(ByteBuffer.wrap(content));
            store.blobs()
                    .publish(staged.finish(), tx -> tx.repository(APP).links().add(Digest.sha256(content)));
        }
    }

    private static final class Heard implements RegistryListener {
        private final CompletableFuture<CollectReport> collected = new CompletableFuture<>();

        @Override
        public void happened(RegistryEvent event) {}

        @Override
        public void collected(CollectReport report) {
            if (report.of(CollectedKind.FILE).count() > 0) {
                collected.complete(report);
            }
        }
    }
}
