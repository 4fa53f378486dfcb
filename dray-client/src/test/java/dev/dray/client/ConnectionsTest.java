package dev.dray.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.client.credentials.CredentialSource;
import dev.dray.client.credentials.Credentials;
import dev.dray.client.push.PushRequest;
import dev.dray.client.transfer.TransferListener;
import dev.dray.client.transport.RegistryException;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import dev.dray.testkit.MemoryRegistry;
import dev.dray.testkit.MemoryRegistry.Behaviour;
import dev.dray.testkit.ScriptedServer;
import dev.dray.testkit.ScriptedServer.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/// Connections are opened for transfers that run at once, and for nothing else.
class ConnectionsTest {
    private static final RepositoryName TEAM = RepositoryName.parse("team/app");
    private static final int PARALLEL = 3;

    private final TestImages images = new TestImages();
    private final Manifest app = images.image(
            "app", IntStream.range(0, 20).mapToObj(number -> "layer " + number).toArray(String[]::new));

    private static RegistryClient client(String host) {
        return RegistryClient.open(ClientOptions.builder()
                .credentials(CredentialSource.of(host, new Credentials.Password("ann", "secret")))
                .provenance(new MadeHere())
                .parallelTransfers(PARALLEL)
                .retries(2, Duration.ofSeconds(30))
                .build());
    }

    @Test
    void aPushTakesAsManyConnectionsAsTransfersRunAtOnce() throws IOException {
        try (MemoryRegistry registry = MemoryRegistry.start(Behaviour.bearer("ann:secret"));
                RegistryClient client = client(registry.host())) {
            var _ = client.push(
                    new PushRequest(registry.host(), TEAM, List.of(images.tagged(app, "1"))),
                    TransferListener.silent());

            assertThat(registry.requests()).hasSizeGreaterThan(40);
            assertThat(registry.connections()).isLessThanOrEqualTo(PARALLEL);
        }
    }

    @Test
    void repliesThatNobodyReadsGiveTheirConnectionBack() throws IOException {
        try (MemoryRegistry registry = MemoryRegistry.start(Behaviour.open());
                RegistryClient client = client(registry.host())) {
            RemoteRepository repository = client.repository(registry.host(), TEAM);
            repository.putBlob(images.descriptor("{}"), images.content("{}"));
            client.ping(registry.host());
            Assertions.assertThatThrownBy(() -> repository.manifest(ManifestSelector.of(Tag.LATEST)))
                    .isInstanceOf(RegistryException.class);
            assertThat(repository.head(ManifestSelector.of(Tag.LATEST))).isEmpty();
            assertThat(repository.missing(List.of(images.descriptor("{}")))).isEmpty();

            assertThat(registry.connections()).isEqualTo(1);
        }
    }

    /// The pause before a repetition is half a minute here, so that only one without a pause ends in time.
    @Test
    void aConnectionThatIsClosedJustAsARequestLeavesIsReplacedAtOnce() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(
                        ScriptedServer.reply(200, "{}"), new Step.Close(), ScriptedServer.reply(200, "{}"));
                RegistryClient client = client(server.host())) {
            client.ping(server.host());
            client.ping(server.host());

            assertThat(server.lines()).hasSize(3);
        }
    }
}
