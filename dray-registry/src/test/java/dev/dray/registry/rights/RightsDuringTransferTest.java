package dev.dray.registry.rights;

import static dev.dray.registry.http.Calls.blob;
import static dev.dray.registry.http.Calls.manifest;
import static dev.dray.registry.http.Calls.uploads;
import static dev.dray.registry.http.Calls.withDigest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.MediaType;
import dev.dray.registry.RegistryEvent;
import dev.dray.registry.access.Admission;
import dev.dray.registry.access.Authenticator;
import dev.dray.registry.access.Caller;
import dev.dray.registry.http.Calls;
import dev.dray.registry.http.Reply;
import dev.dray.registry.server.EmbeddedRegistry;
import dev.dray.store.fixture.TestStores;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Revokes a right during a transfer: the registry has checked it before, and checks it again in the transaction that
/// would store the content.
///
/// Requests expect a 100, which the registry sends when it begins to read the body. The test then revokes the right and
/// sends the body.
class RightsDuringTransferTest {
    private static final String PUSH = "bob push target";
    private static final RawBytes BLOB = RawBytes.utf8("a layer");
    private static final Digest DIGEST = BLOB.sha256();

    private static final RegistryEvent DENIED =
            new RegistryEvent.Denied(Caller.user("bob"), RepositoryName.parse("target"));

    private final Grants grants = new Grants();
    private final List<RegistryEvent> events = new CopyOnWriteArrayList<>();
    private final EmbeddedRegistry registry = EmbeddedRegistry.configure()
            .withStoreOptions(TestStores.options())
            .withAdmission(Admission.of(Authenticator.ofPasswords(Map.of("bob", "b")), grants))
            .withListener(events::add)
            .start();
    private final Calls bob = Calls.to(registry.uri()).as("bob", "b");

    @BeforeEach
    void letBobPush() {
        grants.give(PUSH, "bob pull target");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private Reply sendWhileTheRightIsTaken(Calls calls, String method, String path, RawBytes body) {
        BodyPublisher bytes = BodyPublishers.ofByteArray(body.toByteArray());
        BodyPublisher takingTheRight = new BodyPublisher() {
            @Override
            public long contentLength() {
                return bytes.contentLength();
            }

            @Override
            public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
                grants.take(PUSH);
                bytes.subscribe(subscriber);
            }
        };
        return Calls.send(
                calls.request(method, path, takingTheRight).expectContinue(true).build());
    }

    @Test
    void blobOfOneRequestIsNotLinked() {
        sendWhileTheRightIsTaken(bob, "POST", withDigest(uploads("target"), DIGEST), BLOB)
                .expectError(403, "DENIED");

        bob.get(blob("target", DIGEST)).expect(404);
        assertThat(events).containsExactly(DENIED);
    }

    @Test
    void blobOfASessionIsNotLinked() {
        String location = bob.startUpload("target");

        sendWhileTheRightIsTaken(bob, "PUT", withDigest(location, DIGEST), BLOB).expectError(403, "DENIED");

        bob.get(blob("target", DIGEST)).expect(404);
        assertThat(events).containsExactly(DENIED);
    }

    @Test
    void manifestIsNotStored() {
        bob.push("target", BLOB);
        events.clear();
        RawBytes image = RawBytes.utf8(
                "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d},\"layers\":[]}"
                        .formatted(MediaType.OCI_MANIFEST, MediaType.OCI_CONFIG, DIGEST, BLOB.size()));

        sendWhileTheRightIsTaken(
                        bob.with("Content-Type", MediaType.OCI_MANIFEST.value()),
                        "PUT",
                        manifest("target", "v1"),
                        image)
                .expectError(403, "DENIED");

        bob.get(manifest("target", "v1")).expect(404);
        bob.get(manifest("target", image.sha256())).expect(404);
        assertThat(events).containsExactly(DENIED);
    }
}
