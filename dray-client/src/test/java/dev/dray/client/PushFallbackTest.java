package dev.dray.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.client.push.Provenance;
import dev.dray.client.push.PushReport;
import dev.dray.client.push.PushRequest;
import dev.dray.client.transfer.TransferListener;
import dev.dray.client.transport.RegistryException;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.Manifest;
import dev.dray.testkit.MemoryRegistry;
import dev.dray.testkit.MemoryRegistry.Behaviour;
import dev.dray.testkit.ScriptedServer;
import dev.dray.testkit.ScriptedServer.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Every shortcut of a push falls back to the plain protocol.
class PushFallbackTest {
    private static final RepositoryName SOURCE = RepositoryName.parse("team-a/app");
    private static final RepositoryName TARGET = RepositoryName.parse("team-b/app");

    private final TestImages images = new TestImages();
    private final Manifest app = images.image("app", "one", "two");
    private final Provenance memory = Provenance.inMemory();

    private static final Digest CONFIG_ONLY =
            RawBytes.utf8("{\"config\":\"only a config\"}").sha256();

    private static String missing(Digest blob) {
        return "{\"errors\":[{\"code\":\"MANIFEST_BLOB_UNKNOWN\",\"message\":\"blob unknown\",\"detail\":\"" + blob
                + "\"}]}";
    }

    private RegistryClient client() {
        return RegistryClient.open(ClientOptions.builder()
                .provenance(memory)
                .retries(2, Duration.ofMillis(1))
                .parallelTransfers(1)
                .build());
    }

    private PushReport push(RegistryClient client, String host) {
        return client.push(new PushRequest(host, TARGET, List.of(images.tagged(app, "1"))), TransferListener.silent());
    }

    @Test
    void mountFromUnreadableRepositoryFallsBackToUpload() throws IOException {
        try (MemoryRegistry registry = MemoryRegistry.start(Behaviour.open().hiding("team-a/app"));
                RegistryClient client = client()) {
            images.blobDigests().forEach(digest -> registry.addBlob("team-a/app", images.bytes(digest)));
            memory.seen(registry.host(), SOURCE, images.blobDigests());

            PushReport report = push(client, registry.host());

            assertThat(report.uploaded()).isEqualTo(3);
            assertThat(registry.requests())
                    .filteredOn(line -> line.startsWith("POST"))
                    .hasSize(3);
        }
    }

    @Test
    void aRefusedMountIsFollowedByAnUploadOfItsOwn() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(
                        ScriptedServer.reply(200, "{}"),
                        ScriptedServer.reply(404, ""),
                        ScriptedServer.reply(400, missing(CONFIG_ONLY)),
                        ScriptedServer.reply(403, "{\"errors\":[{\"code\":\"DENIED\"}]}"),
                        ScriptedServer.reply(202, "").with("Location", "/upload/1?state=a%2Fb"),
                        ScriptedServer.reply(201, ""),
                        ScriptedServer.reply(201, ""));
                RegistryClient client = client()) {
            Manifest small = images.image("only a config");
            Digest config = ((Manifest.Image) small).config().digest();
            assertThat(config).isEqualTo(CONFIG_ONLY);
            memory.seen(server.host(), SOURCE, Set.of(config));

            var _ = client.push(
                    new PushRequest(server.host(), TARGET, List.of(images.tagged(small, "1"))),
                    TransferListener.silent());

            assertThat(server.lines())
                    .containsExactly(
                            "GET /v2/",
                            "HEAD /v2/team-b/app/manifests/1",
                            "PUT /v2/team-b/app/manifests/" + small.raw().sha256(),
                            "POST /v2/team-b/app/blobs/uploads/?mount=" + config + "&from=team-a/app",
                            "POST /v2/team-b/app/blobs/uploads/",
                            "PUT /upload/1?state=a%2Fb&digest=" + config,
                            "PUT /v2/team-b/app/manifests/1");
        }
    }

    @Test
    void aBlobThatTheRegistryLostIsUploadedWhenTheManifestIsRefused() throws IOException {
        Digest lost = app instanceof Manifest.Image image
                ? image.layers().getFirst().digest()
                : app.raw().sha256();
        Step there = ScriptedServer.reply(200, "");
        try (ScriptedServer server = ScriptedServer.start(
                        ScriptedServer.reply(200, "{}"),
                        ScriptedServer.reply(404, ""),
                        ScriptedServer.reply(201, ""),
                        there,
                        there,
                        there,
                        ScriptedServer.reply(400, missing(lost)),
                        ScriptedServer.reply(202, "").with("Location", "/upload/1"),
                        ScriptedServer.reply(201, ""),
                        ScriptedServer.reply(201, ""));
                RegistryClient client = client()) {
            PushReport report = push(client, server.host());

            assertThat(report.uploaded()).isEqualTo(1);
            assertThat(report.alreadyThere()).isEqualTo(2);
            assertThat(server.lines()).last().isEqualTo("PUT /v2/team-b/app/manifests/1");
            assertThat(server.lines())
                    .filteredOn(line -> line.equals("PUT /v2/team-b/app/manifests/1"))
                    .hasSize(2);
        }
    }

    @Test
    void noSourceIsNamedForABlobThatIsNotHeld() throws IOException {
        Digest layer = ((Manifest.Image) app).layers().getFirst().digest();
        try (MemoryRegistry registry = MemoryRegistry.start(Behaviour.open());
                RegistryClient client = client()) {
            registry.addBlob("team-a/app", images.bytes(layer));
            memory.seen(registry.host(), SOURCE, Set.of(layer));
            images.drop(layer);

            assertThatThrownBy(() -> push(client, registry.host()))
                    .isInstanceOfSatisfying(
                            DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.NOT_FOUND))
                    .hasMessageContaining(layer.toString());
            assertThat(registry.requests()).noneMatch(line -> line.contains("mount=" + layer));
        }
    }

    @Test
    void whatArrivedBeforeAFailureIsRemembered() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(
                        ScriptedServer.reply(200, "{}"),
                        ScriptedServer.reply(404, ""),
                        ScriptedServer.reply(404, ""),
                        ScriptedServer.reply(200, ""),
                        ScriptedServer.reply(403, "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"no\"}]}"));
                RegistryClient client = client()) {
            assertThatThrownBy(() -> push(client, server.host())).isInstanceOf(RegistryException.class);

            assertThat(images.blobDigests())
                    .filteredOn(digest -> memory.isSeen(server.host(), TARGET, digest))
                    .hasSize(1);
        }
    }
}
