package dev.dray.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.client.transport.RegistryException;
import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import dev.dray.model.image.MediaType;
import dev.dray.testkit.MemoryRegistry;
import dev.dray.testkit.MemoryRegistry.Behaviour;
import dev.dray.testkit.ScriptedServer;
import dev.dray.testkit.ScriptedServer.Step;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteRepositoryTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");
    private static final RawBytes WORDS = RawBytes.utf8("0123456789abcdefghij");
    private static final Descriptor BLOB = Descriptor.of(MediaType.OCI_LAYER_GZIP, WORDS.sha256(), WORDS.size());

    private final TestImages images = new TestImages();

    private static RegistryClient client() {
        return RegistryClient.open(
                ClientOptions.builder().retries(2, Duration.ofMillis(1)).build());
    }

    private static byte[] read(Content content, long offset) throws IOException {
        try (InputStream in = content.open(offset)) {
            return in.readAllBytes();
        }
    }

    @Test
    void whatIsPutCanBeReadBack() throws IOException {
        Manifest.Image app = images.image("app", "one", "two");
        try (MemoryRegistry registry = MemoryRegistry.start(Behaviour.open());
                RegistryClient client = client()) {
            RemoteRepository repository = client.repository(registry.host(), APP);
            assertThat(repository.missing(app.blobs())).hasSize(3);
            for (Descriptor blob : app.blobs()) {
                repository.putBlob(blob, images.blob(blob));
            }
            repository.putManifest(app, Optional.of(Tag.LATEST));

            assertThat(repository.missing(app.blobs())).isEmpty();
            assertThat(repository.manifest(ManifestSelector.of(Tag.LATEST))).isEqualTo(app);
            assertThat(repository.head(ManifestSelector.of(Tag.LATEST))).contains(app.descriptor());
            assertThat(read(repository.blob(app.layers().getFirst()), 0))
                    .asString()
                    .isEqualTo("one");
            assertThat(read(repository.blob(app.layers().getFirst()), 1))
                    .asString()
                    .isEqualTo("ne");
        }
    }

    @Test
    void tagsAreReadPageByPage() throws IOException {
        Manifest.Image app = images.image("app");
        try (MemoryRegistry registry = MemoryRegistry.start(Behaviour.open());
                RegistryClient client = client()) {
            RemoteRepository repository = client.repository(registry.host(), APP);
            repository.putBlob(app.config(), images.blob(app.config()));
            for (String tag : List.of("a", "b", "c", "d", "e")) {
                repository.putManifest(app, Optional.of(new Tag(tag)));
            }

            assertThat(repository.tags()).map(Tag::value).containsExactly("a", "b", "c", "d", "e");
            repository.delete(ManifestSelector.of(new Tag("c")));
            assertThat(repository.tags()).map(Tag::value).containsExactly("a", "b", "d", "e");
        }
    }

    @Test
    void aManifestThatIsNotThereIsNotFound() throws IOException {
        try (MemoryRegistry registry = MemoryRegistry.start(Behaviour.open());
                RegistryClient client = client()) {
            RemoteRepository repository = client.repository(registry.host(), APP);

            assertThat(repository.head(ManifestSelector.of(Tag.LATEST))).isEmpty();
            assertThatThrownBy(() -> repository.manifest(ManifestSelector.of(Tag.LATEST)))
                    .isInstanceOfSatisfying(
                            DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.NOT_FOUND))
                    .hasMessageContaining("manifest latest of team/app");
        }
    }

    @Test
    void aBrokenDownloadGoesOnWhereItStopped() throws IOException {
        Step.Reply whole = ScriptedServer.reply(200, WORDS.toString());
        try (ScriptedServer server = ScriptedServer.start(
                        new Step.CutOff(whole, 5),
                        new Step.Reset(),
                        ScriptedServer.reply(206, WORDS.toString().substring(5))
                                .with("Content-Range", "bytes 5-19/20"));
                RegistryClient client = client()) {
            byte[] bytes = read(client.repository(server.host(), APP).blob(BLOB), 0);

            assertThat(bytes).isEqualTo(WORDS.toByteArray());
            assertThat(server.requests().getLast().header("Range")).contains("bytes=5-");
        }
    }

    @Test
    void aRegistryThatIgnoresRangesIsReadFromTheStart() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.reply(200, WORDS.toString()));
                RegistryClient client = client()) {
            assertThat(read(client.repository(server.host(), APP).blob(BLOB), 15))
                    .asString()
                    .isEqualTo("fghij");
        }
    }

    /// The digest of a blob verifies only reads from its start.
    @ParameterizedTest
    @ValueSource(strings = {"bytes 4-18/20", "bytes 50-64/100", "bytes 0-14/20", "bytes */20", ""})
    void aPartThatIsNotTheOneAskedForIsCorrupt(String range) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(
                        ScriptedServer.reply(206, "456789abcdefghi").with("Content-Range", range));
                RegistryClient client = client()) {
            Content content = client.repository(server.host(), APP).blob(BLOB);

            assertThatThrownBy(() -> read(content, 5))
                    .isInstanceOfSatisfying(
                            DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.CORRUPT))
                    .hasMessageContaining("another range");
        }
    }

    @Test
    void otherBytesThanTheDigestSaysAreNotGivenInFull() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.reply(200, "0123456789abcdefghiX"));
                RegistryClient client = client()) {
            Content content = client.repository(server.host(), APP).blob(BLOB);

            assertThatThrownBy(() -> read(content, 0))
                    .isInstanceOfSatisfying(
                            DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.CORRUPT))
                    .hasMessageContaining(BLOB.digest().toString())
                    .hasMessageContaining(server.host());
        }
    }

    @Test
    void aManifestOfAnotherDigestIsCorrupt() throws IOException {
        Manifest.Image app = images.image("app");
        Digest other = WORDS.sha256();
        try (ScriptedServer server =
                        ScriptedServer.start(ScriptedServer.reply(200, app.raw().toString())
                                .with("Content-Type", MediaType.OCI_MANIFEST.value()));
                RegistryClient client = client()) {
            assertThatThrownBy(() -> client.repository(server.host(), APP).manifest(ManifestSelector.of(other)))
                    .isInstanceOfSatisfying(
                            DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.CORRUPT));
        }
    }

    @Test
    void aLostUploadSessionIsStartedAnew() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(
                        ScriptedServer.reply(200, "{}"),
                        ScriptedServer.reply(202, "").with("Location", "/upload/1"),
                        new Step.Reset(),
                        ScriptedServer.reply(202, "").with("Location", "/upload/2"),
                        ScriptedServer.reply(404, "{\"errors\":[{\"code\":\"BLOB_UPLOAD_UNKNOWN\"}]}"),
                        ScriptedServer.reply(202, "").with("Location", "/upload/3"),
                        ScriptedServer.reply(201, ""));
                RegistryClient client = client()) {
            client.repository(server.host(), APP).putBlob(BLOB, Content.of(WORDS, BLOB.digest()));

            assertThat(server.requests().getLast().line()).isEqualTo("PUT /upload/3?digest=" + BLOB.digest());
            assertThat(server.requests().getLast().body()).isEqualTo(WORDS.toString());
        }
    }

    @Test
    void aRepositoryThatDoesNotExistIsNotAskedTwiceForASession() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(
                        ScriptedServer.reply(200, "{}"),
                        ScriptedServer.reply(404, "{\"errors\":[{\"code\":\"NAME_UNKNOWN\"}]}"),
                        ScriptedServer.reply(202, "").with("Location", "/upload/1"),
                        ScriptedServer.reply(201, ""));
                RegistryClient client = client()) {
            RemoteRepository repository = client.repository(server.host(), APP);

            assertThatThrownBy(() -> repository.putBlob(BLOB, Content.of(WORDS, BLOB.digest())))
                    .isInstanceOfSatisfying(
                            RegistryException.class,
                            e -> assertThat(e.hasCode("NAME_UNKNOWN")).isTrue());
            assertThat(server.lines()).hasSize(2);
        }
    }

    @Test
    void anUploadRefusedForNowIsRepeatedWithItsBody() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(
                        ScriptedServer.reply(200, "{}"),
                        ScriptedServer.reply(202, "").with("Location", "/upload/1"),
                        ScriptedServer.reply(429, "slow down").with("Retry-After", "0"),
                        ScriptedServer.reply(201, ""));
                RegistryClient client = client()) {
            client.repository(server.host(), APP).putBlob(BLOB, Content.of(WORDS, BLOB.digest()));

            assertThat(server.requests().getLast().body()).isEqualTo(WORDS.toString());
            assertThat(server.lines())
                    .filteredOn(line -> line.startsWith("POST"))
                    .hasSize(1);
        }
    }

    @Test
    void aDigestThatTheRegistryDeniesIsCorrupt() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(
                        ScriptedServer.reply(200, "{}"),
                        ScriptedServer.reply(202, "").with("Location", "/upload/1"),
                        ScriptedServer.reply(400, "{\"errors\":[{\"code\":\"DIGEST_INVALID\"}]}"));
                RegistryClient client = client()) {
            RemoteRepository repository = client.repository(server.host(), APP);

            assertThatThrownBy(() -> repository.putBlob(BLOB, Content.of(WORDS, BLOB.digest())))
                    .isInstanceOfSatisfying(
                            DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.CORRUPT));
        }
    }
}
