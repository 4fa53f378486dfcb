package dev.dray.registry.rights;

import static dev.dray.registry.http.Calls.blob;
import static dev.dray.registry.http.Calls.uploads;
import static dev.dray.registry.http.Calls.withDigest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.RepositoryName;
import dev.dray.registry.RegistryEvent;
import dev.dray.registry.access.Admission;
import dev.dray.registry.access.Authenticator;
import dev.dray.registry.access.Caller;
import dev.dray.registry.http.Calls;
import dev.dray.registry.http.Reply;
import dev.dray.registry.server.EmbeddedRegistry;
import dev.dray.store.fixture.TestStores;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MountRightsTest {
    private static final RawBytes BLOB = RawBytes.utf8("a layer");
    private static final Digest DIGEST = BLOB.sha256();
    private static final String MOUNT = "?mount=" + DIGEST + "&from=source";

    private final Grants grants = new Grants();
    private final List<RegistryEvent> events = new CopyOnWriteArrayList<>();
    private final EmbeddedRegistry registry = EmbeddedRegistry.configure()
            .withStoreOptions(TestStores.options())
            .withAdmission(Admission.of(Authenticator.ofPasswords(Map.of("ann", "a", "bob", "b")), grants))
            .withListener(events::add)
            .start();
    private final Calls ann = Calls.to(registry.uri()).as("ann", "a");
    private final Calls bob = Calls.to(registry.uri()).as("bob", "b");

    @BeforeEach
    void fillTheSource() {
        grants.give("ann push source", "ann pull source");
        ann.push("source", BLOB);
        events.clear();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void mountLinksWhatTheCallerMayPull() {
        grants.give("bob push target", "bob pull source", "bob pull target");
        Reply reply = bob.post(uploads("target") + MOUNT).expect(201).expectDigest(DIGEST);
        assertThat(reply.location()).isEqualTo(blob("target", DIGEST));
        assertThat(bob.get(blob("target", DIGEST)).body()).isEqualTo(BLOB.toByteArray());
        assertThat(events)
                .containsExactly(new RegistryEvent.BlobMounted(
                        Caller.user("bob"),
                        RepositoryName.parse("target"),
                        DIGEST,
                        RepositoryName.parse("source"),
                        BLOB.size()));
    }

    @Test
    void mountFromUnreadableRepositoryFallsBackToUpload() {
        grants.give("bob push target");
        Reply forbidden = bob.post(uploads("target") + MOUNT).expect(202);
        Reply absent =
                bob.post(uploads("target") + MOUNT.replace("source", "nowhere")).expect(202);
        assertThat(forbidden.headersButDate().keySet())
                .isEqualTo(absent.headersButDate().keySet());
        bob.head(blob("target", DIGEST)).expect(404);
        bob.put(withDigest(forbidden.location(), DIGEST), BLOB).expect(201);
        bob.head(blob("target", DIGEST)).expect(200);
    }

    @Test
    void rightThatWasTakenBetweenTwoRequestsIsGoneAtOnce() {
        grants.give("bob push one", "bob push two", "bob pull source");
        bob.post(uploads("one") + MOUNT).expect(201);
        grants.take("bob pull source");
        bob.post(uploads("two") + MOUNT).expect(202);
        bob.head(blob("two", DIGEST)).expect(404);
    }

    @Test
    void rightToPushThatWasTakenDuringAnUploadIsGoneAtOnce() {
        grants.give("bob push target");
        String location = bob.startUpload("target");
        bob.patch(location, BLOB).expect(202);
        grants.take("bob push target");
        bob.put(withDigest(location, DIGEST)).expectError(403, "DENIED");
        bob.get(location).expectError(403, "DENIED");
        grants.give("bob push target");
        bob.head(blob("target", DIGEST)).expect(404);
        bob.put(withDigest(location, DIGEST)).expect(201);
    }

    @Test
    void rightToPushToTheSourceIsNoRightToMountFromIt() {
        grants.give("bob push target", "bob push source");
        bob.post(uploads("target") + MOUNT).expect(202);
    }

    @Test
    void mountWithoutPushOnTheTargetIsRefusedAsAnUploadIs() {
        grants.give("bob pull source", "bob pull target");
        Reply mount = bob.post(uploads("target") + MOUNT).expectError(403, "DENIED");
        Reply upload = bob.post(uploads("target"));
        assertThat(mount.text()).isEqualTo(upload.text());
        Calls.to(registry.uri()).post(uploads("target") + MOUNT).expectError(401, "UNAUTHORIZED");
    }

    @Test
    void mountOfWhatTheTargetHasSendsNothing() {
        grants.give("bob push target", "bob pull source");
        bob.post(uploads("target") + MOUNT).expect(201);
        grants.take("bob pull source");
        bob.post(uploads("target") + MOUNT).expect(201);
    }

    @Test
    void sourceThatCannotBeANameIsAnUploadAndABadDigestAnError() {
        grants.give("bob push target");
        bob.post(uploads("target") + MOUNT.replace("source", "..%2F..%2Fetc")).expect(202);
        bob.post(uploads("target") + "?mount=sha256:short&from=source").expectError(400, "DIGEST_INVALID");
        assertThat(events)
                .containsExactly(new RegistryEvent.MountDeclined(
                        Caller.user("bob"), RepositoryName.parse("target"), DIGEST, Optional.empty()));
    }
}
