package dev.dray.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.Content;
import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import dev.dray.testkit.MemoryRegistry;
import dev.dray.testkit.MemoryRegistry.Behaviour;
import dev.dray.testkit.ScriptedServer;
import dev.dray.testkit.ScriptedServer.Step;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MirrorsTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");
    private static final ManifestSelector LATEST = ManifestSelector.of(Tag.LATEST);
    private static final String WORDS = "the words of a layer";

    private final TestImages images = new TestImages();
    private final Manifest.Image app = images.image("app", WORDS);
    private final Descriptor layer = app.layers().getFirst();

    private MemoryRegistry registry;
    private MemoryRegistry mirror;

    MirrorsTest() throws IOException {
        registry = MemoryRegistry.start(Behaviour.open());
        mirror = MemoryRegistry.start(Behaviour.open());
    }

    @BeforeEach
    void fill() throws IOException {
        put(registry);
    }

    @AfterEach
    void stop() {
        registry.close();
        mirror.close();
    }

    private void put(MemoryRegistry place) throws IOException {
        try (RegistryClient client = client()) {
            RemoteRepository repository = client.repository(place.host(), APP);
            for (Descriptor blob : app.blobs()) {
                repository.putBlob(blob, images.blob(blob));
            }
            repository.putManifest(app, Optional.of(Tag.LATEST));
        }
        place.forgetRequests();
    }

    private static RegistryClient client(String... mirrors) {
        return RegistryClient.open(ClientOptions.builder()
                .retries(1, Duration.ofMillis(1))
                .mirrors(List.of(mirrors))
                .build());
    }

    private static String read(Content content) throws IOException {
        try (InputStream in = content.open(0)) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    @Test
    void mirrorIsAskedForTheImagesOfTheRegistryByItsName() throws IOException {
        put(mirror);
        try (RegistryClient client = client(mirror.host())) {
            RemoteRepository repository = client.repository(registry.host(), APP);
            assertThat(repository.manifest(LATEST)).isEqualTo(app);
            assertThat(read(repository.blob(layer))).isEqualTo(WORDS);
            assertThat(repository.host()).isEqualTo(registry.host());
        }
        String namespace = "?ns=" + registry.host().replace(":", "%3A");
        assertThat(mirror.requests())
                .containsExactly(
                        "GET /v2/team/app/manifests/latest" + namespace,
                        "GET /v2/team/app/blobs/" + layer.digest() + namespace);
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void whatTheMirrorLacksComesFromTheRegistry() throws IOException {
        mirror.addBlob("team/app", images.bytes(layer.digest()));
        try (RegistryClient client = client(mirror.host())) {
            RemoteRepository repository = client.repository(registry.host(), APP);
            assertThat(repository.manifest(LATEST)).isEqualTo(app);
            assertThat(read(repository.blob(layer))).isEqualTo(WORDS);
            assertThat(read(repository.blob(app.config()))).contains("app");
        }
        assertThat(registry.requests())
                .containsExactly(
                        "GET /v2/team/app/manifests/latest",
                        "GET /v2/team/app/blobs/" + app.config().digest());
    }

    @Test
    void mirrorsAreAskedInTheOrderInWhichTheyWereNamed() throws IOException {
        put(mirror);
        try (MemoryRegistry empty = MemoryRegistry.start(Behaviour.open());
                RegistryClient client = client(empty.host(), mirror.host())) {
            assertThat(client.repository(registry.host(), APP).manifest(LATEST)).isEqualTo(app);
            assertThat(empty.requests()).hasSize(1);
            assertThat(mirror.requests()).hasSize(1);
        }
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void mirrorThatIsGoneIsAskedOnceOnly() throws IOException {
        try (ScriptedServer failing = ScriptedServer.start();
                RegistryClient client = client(failing.host())) {
            RemoteRepository repository = client.repository(registry.host(), APP);
            assertThat(repository.manifest(LATEST)).isEqualTo(app);
            int asked = failing.requests().size();
            assertThat(read(repository.blob(layer))).isEqualTo(WORDS);
            assertThat(asked).isPositive();
            assertThat(failing.requests()).hasSize(asked);
        }
        mirror.close();
        try (RegistryClient client = client(mirror.host())) {
            assertThat(client.repository(registry.host(), APP).manifest(LATEST)).isEqualTo(app);
        }
    }

    @Test
    void downloadThatTheMirrorBreaksOffGoesOnAtTheRegistry() throws IOException {
        Step.Reply whole = ScriptedServer.reply(200, WORDS);
        try (ScriptedServer breaking =
                        ScriptedServer.start(new Step.CutOff(whole, 5), ScriptedServer.reply(404, "{}"));
                RegistryClient client = client(breaking.host())) {
            assertThat(read(client.repository(registry.host(), APP).blob(layer)))
                    .isEqualTo(WORDS);
            assertThat(breaking.requests()).hasSize(2);
        }
        assertThat(registry.requests()).hasSize(1);
    }

    @Test
    void mirrorThatGaveWrongBytesIsNamedAndNotAskedAgain() throws IOException {
        try (ScriptedServer lying = ScriptedServer.start(ScriptedServer.reply(200, "the words of another"));
                RegistryClient client = client(lying.host())) {
            RemoteRepository repository = client.repository(registry.host(), APP);
            MirroredContent content = (MirroredContent) repository.blob(layer);
            assertThatThrownBy(() -> read(content))
                    .isInstanceOfSatisfying(
                            DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.CORRUPT))
                    .hasMessageContaining(lying.host());
            assertThat(content.hasAlternative()).isTrue();
            assertThat(read(repository.blob(layer))).isEqualTo(WORDS);
            assertThat(lying.requests()).hasSize(1);
        }
    }

    @Test
    void wrongBytesOfTheRegistryAreNowhereElse() throws IOException {
        try (ScriptedServer lying = ScriptedServer.start(ScriptedServer.reply(200, "the words of another"));
                RegistryClient client = client(mirror.host())) {
            MirroredContent content =
                    (MirroredContent) client.repository(lying.host(), APP).blob(layer);
            assertThatThrownBy(() -> read(content)).hasMessageContaining(lying.host());
            assertThat(content.hasAlternative()).isFalse();
        }
    }

    @Test
    void mirrorThatBreaksOffWithoutAByteIsLeft() throws IOException {
        Step.CutOff nothing = new Step.CutOff(ScriptedServer.reply(200, WORDS), 0);
        try (ScriptedServer breaking = ScriptedServer.start(nothing, nothing, nothing);
                RegistryClient client = client(breaking.host())) {
            assertThat(read(client.repository(registry.host(), APP).blob(layer)))
                    .isEqualTo(WORDS);
            assertThat(breaking.requests()).hasSize(1);
        }
    }

    @Test
    void mirrorThatNamesAnotherManifestForADigestIsNotBelieved() throws IOException {
        try (ScriptedServer lying = ScriptedServer.start(
                        ScriptedServer.reply(200, images.image("other").raw().toString())
                                .with("Content-Type", app.mediaType().value()));
                RegistryClient client = client(lying.host())) {
            assertThat(client.repository(registry.host(), APP)
                            .manifest(ManifestSelector.of(app.raw().sha256())))
                    .isEqualTo(app);
        }
    }

    @Test
    void whenNobodyHasItBothAreNamed() {
        try (RegistryClient client = client(mirror.host())) {
            RemoteRepository repository = client.repository(registry.host(), RepositoryName.parse("no/such"));
            assertThatThrownBy(() -> repository.manifest(LATEST))
                    .isInstanceOfSatisfying(
                            DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.NOT_FOUND))
                    .hasMessageContainingAll(registry.host(), "by mirror", mirror.host());
        }
    }

    @Test
    void pushGoesToTheRegistryAlone() throws IOException {
        try (RegistryClient client = client(mirror.host())) {
            client.repository(registry.host(), APP).putManifest(app, Optional.of(new Tag("2")));
        }
        assertThat(registry.tag("team/app", "2")).contains(app.raw().sha256());
        assertThat(mirror.requests()).isEmpty();
    }
}
