package dev.dray.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.client.ClientOptions;
import dev.dray.client.RegistryClient;
import dev.dray.client.transfer.TransferListener;
import dev.dray.engine.copy.ImageLocation;
import dev.dray.engine.copy.PullOptions;
import dev.dray.engine.transfer.CopyOptions;
import dev.dray.engine.transfer.PlatformChoice;
import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import dev.dray.model.Tag;
import dev.dray.model.image.ManifestSelector;
import dev.dray.testkit.MemoryRegistry;
import dev.dray.testkit.MemoryRegistry.Behaviour;
import dev.dray.testkit.MemoryRegistry.Checks;
import dev.dray.testkit.RandomImage;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A stranger writes the digest of a private layer, which they never held, into a manifest of theirs. Whatever a robot
/// that may read everything does with it, the layer does not appear where the stranger can read.
class StrangersManifestTest {
    private static final String PRIVATE = "team/secret:1";
    private static final String PUBLIC = "public/app:1";

    private final EngineHost host = EngineHost.create();
    private final RandomImage image = RandomImage.of(1, 2, 50_000);

    /// Takes a manifest without its blobs.
    private MemoryRegistry strangers;

    private Reference evil;

    @BeforeEach
    void plant() throws IOException {
        host.serve(image, PRIVATE);
        host.pull(PRIVATE);
        strangers = MemoryRegistry.start(Behaviour.open().checking(Checks.NONE));
        evil = Reference.parse(strangers.host() + "/evil/app:1");
        try (RegistryClient client = RegistryClient.open(ClientOptions.defaults())) {
            client.repository(evil).putManifest(image.manifest(), Optional.of(new Tag("1")));
        }
    }

    @AfterEach
    void close() throws IOException {
        strangers.close();
        host.close();
    }

    private void requireNothingPublished() throws IOException {
        Reference name = host.name(PUBLIC);
        try (RegistryClient client = RegistryClient.open(ClientOptions.defaults())) {
            assertThat(client.repository(name).head(ManifestSelector.of(name))).isEmpty();
        }
        assertThat(host.linksTo("public/app")).isZero();
    }

    @Test
    void pullTagAndPushDoNotPublishIt() throws IOException {
        assertThatThrownBy(() -> host.engine.pull(
                        evil, PullOptions.of(PlatformChoice.parse("linux/amd64")), TransferListener.silent()))
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.NOT_FOUND))
                .hasMessageContaining("not in its repository");

        assertThatThrownBy(() -> host.engine.tag(evil.toString(), host.name(PUBLIC)))
                .isInstanceOf(DrayException.class);
        requireNothingPublished();
    }

    @Test
    void copyDoesNotPublishIt() throws IOException {
        CopyOptions all = new CopyOptions(new PlatformChoice.All(), false);
        ImageLocation from = new ImageLocation.Registry(evil);
        ImageLocation to = new ImageLocation.Registry(host.name(PUBLIC));

        assertThatThrownBy(() -> host.engine.copy(from, to, all, TransferListener.silent()))
                .isInstanceOf(DrayException.class);
        requireNothingPublished();
    }

    /// A pull of what another repository shares with one that was pulled before costs one question for each blob.
    @Test
    void whatTheRepositoryHasIsNotFetchedAgain() throws IOException {
        host.serve(image, PUBLIC);

        assertThat(host.pull(PUBLIC).fetched()).isZero();
    }
}
