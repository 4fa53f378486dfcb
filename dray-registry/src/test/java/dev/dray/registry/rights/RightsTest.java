package dev.dray.registry.rights;

import static dev.dray.registry.http.Calls.blob;
import static dev.dray.registry.http.Calls.manifest;
import static dev.dray.registry.http.Calls.uploads;
import static dev.dray.registry.http.Calls.withDigest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.image.MediaType;
import dev.dray.registry.access.AccessRules;
import dev.dray.registry.access.Admission;
import dev.dray.registry.access.Authenticator;
import dev.dray.registry.http.Calls;
import dev.dray.registry.http.Reply;
import dev.dray.registry.server.EmbeddedRegistry;
import dev.dray.store.fixture.TestStores;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RightsTest {
    private static final RawBytes BLOB = RawBytes.utf8("a blob");
    private static final RawBytes INDEX =
            RawBytes.utf8("{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[]}".formatted(MediaType.OCI_INDEX));
    private static final Digest DIGEST = BLOB.sha256();

    private final EmbeddedRegistry registry = EmbeddedRegistry.configure()
            .withStoreOptions(TestStores.options())
            .withAdmission(Admission.of(
                    Authenticator.ofPasswords(
                            Map.of("ann", "a", "reader", "r", "pusher", "p", "stranger", "s", "admin", "x")),
                    AccessRules.parse("""
                        rules:
                          - {repositories: "team/**", users: [ann], actions: [pull, push, delete]}
                          - {repositories: "team/**", users: [reader], actions: [pull]}
                          - {repositories: "team/**", users: [pusher], actions: [push]}
                          - {repositories: "**", users: [admin], actions: [pull, push, delete]}
                        """)))
            .start();
    private final Calls anonymous = Calls.to(registry.uri());
    private final Calls ann = anonymous.as("ann", "a");
    private final Calls reader = anonymous.as("reader", "r");
    private final Calls pusher = anonymous.as("pusher", "p");
    private final Calls stranger = anonymous.as("stranger", "s");

    @BeforeAll
    void fill() {
        ann.push("team/app", BLOB);
        ann.putManifest("team/app", "v1", MediaType.OCI_INDEX, INDEX).expect(201);
    }

    @AfterAll
    void stop() {
        registry.close();
    }

    private static void requireChallenge(Reply reply) {
        reply.expectError(401, "UNAUTHORIZED");
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Basic realm=\"Dray registry\"");
        assertThat(reply.header("Dray-Version")).isEqualTo("1");
        assertThat(reply.header("Docker-Distribution-Api-Version")).isEqualTo("registry/2.0");
    }

    @Test
    void anonymousIsAskedForCredentialsWhateverHeWants() {
        for (String repository : List.of("team/app", "no/such")) {
            requireChallenge(anonymous.get(manifest(repository, "v1")));
            requireChallenge(anonymous.get(blob(repository, DIGEST)));
            requireChallenge(anonymous.get("/v2/" + repository + "/tags/list"));
            requireChallenge(anonymous.get("/v2/" + repository + "/referrers/" + DIGEST));
            requireChallenge(anonymous.post(uploads(repository)));
            requireChallenge(anonymous.post(withDigest(uploads(repository), DIGEST), BLOB));
            requireChallenge(anonymous.putManifest(repository, "v2", MediaType.OCI_INDEX, INDEX));
            requireChallenge(anonymous.delete(manifest(repository, "v1")));
        }
        requireChallenge(anonymous.get("/v2/"));
    }

    @Test
    void wrongCredentialsAre401Everywhere() {
        Calls wrong = anonymous.as("ann", "wrong");
        requireChallenge(wrong.get("/v2/"));
        requireChallenge(wrong.get(manifest("team/app", "v1")));
        requireChallenge(anonymous.with("Authorization", "Bearer token").get("/v2/"));
        requireChallenge(anonymous.with("Authorization", "Basic ???").get("/v2/"));
        requireChallenge(wrong.get("/nowhere"));
    }

    @Test
    void rightCredentialsOpenTheBase() {
        Reply base = stranger.get("/v2/").expect(200);
        assertThat(base.body()).asString().isEqualTo("{}");
        assertThat(base.header("Dray-Version")).isEqualTo("1");
        assertThat(base.find("WWW-Authenticate")).isEmpty();
        stranger.get("/v2").expect(200);
    }

    @Test
    void forbiddenAndAbsentLookAlikeByteForByte() {
        for (String path : List.of("/manifests/v1", "/manifests/" + INDEX.sha256(), "/blobs/" + DIGEST, "/tags/list")) {
            for (Calls caller : List.of(stranger, stranger.with("Range", "bytes=0-1"))) {
                requireAlike(caller.get("/v2/team/app" + path), caller.get("/v2/team/ape" + path));
                requireAlike(caller.head("/v2/team/app" + path), caller.head("/v2/team/ape" + path));
            }
        }
        Reply referrers = stranger.get("/v2/team/app/referrers/" + DIGEST);
        requireAlike(referrers, stranger.get("/v2/team/ape/referrers/" + DIGEST));
        referrers.expect(200);
    }

    private static void requireAlike(Reply forbidden, Reply absent) {
        assertThat(forbidden.status()).isEqualTo(absent.status());
        // The names differ in one letter of the same length.
        assertThat(forbidden.text().replace("team/app", "team/ape")).isEqualTo(absent.text());
        assertThat(forbidden.headersButDate()).isEqualTo(absent.headersButDate());
    }

    @Test
    void knownCallerGets404WhereHeMayNotReadAnd403WhereHeMayNotWrite() {
        stranger.get(manifest("team/app", "v1")).expectError(404, "MANIFEST_UNKNOWN");
        stranger.get(blob("team/app", DIGEST)).expectError(404, "BLOB_UNKNOWN");
        for (String repository : List.of("team/app", "no/such")) {
            stranger.post(uploads(repository)).expectError(403, "DENIED");
            stranger.put(uploads(repository) + "some-id?digest=" + DIGEST).expectError(403, "DENIED");
            stranger.putManifest(repository, "v2", MediaType.OCI_INDEX, INDEX).expectError(403, "DENIED");
            stranger.delete(manifest(repository, "v1")).expectError(403, "DENIED");
            stranger.delete(blob(repository, DIGEST)).expectError(403, "DENIED");
        }
    }

    @Test
    void readerMayReadAndNothingElse() {
        reader.get(manifest("team/app", "v1")).expect(200);
        reader.get(blob("team/app", DIGEST)).expect(200);
        reader.get("/v2/team/app/tags/list").expect(200);
        reader.post(uploads("team/app")).expectError(403, "DENIED");
        reader.delete(manifest("team/app", "v1")).expectError(403, "DENIED");
        reader.delete(blob("team/app", DIGEST)).expectError(403, "DENIED");
    }

    @Test
    void pusherMayAskByHeadWhatIsThereAndNotReadIt() {
        pusher.push("team/app", RawBytes.utf8("pushed"));
        pusher.head(blob("team/app", DIGEST)).expect(200);
        pusher.head(manifest("team/app", "v1")).expect(200);
        pusher.get(blob("team/app", DIGEST)).expectError(404, "BLOB_UNKNOWN");
        pusher.get(manifest("team/app", "v1")).expectError(404, "MANIFEST_UNKNOWN");
        pusher.get("/v2/team/app/tags/list").expectError(404, "NAME_UNKNOWN");
        pusher.delete(manifest("team/app", "v1")).expectError(403, "DENIED");
        stranger.head(blob("team/app", DIGEST)).expect(404);
    }

    @Test
    void catalogNamesOnlyWhatTheCallerMayPull() {
        assertThat(reader.get("/v2/_catalog").json().array("repositories")).hasSize(1);
        assertThat(stranger.get("/v2/_catalog").json().array("repositories")).isEmpty();
    }

    @Test
    void uploadSessionOfAnotherUserOrRepositoryIsUnknown() {
        String location = ann.startUpload("team/app");
        Calls admin = anonymous.as("admin", "x");
        admin.get(location).expectError(404, "BLOB_UPLOAD_UNKNOWN");
        admin.patch(location, BLOB).expectError(404, "BLOB_UPLOAD_UNKNOWN");
        admin.delete(location).expectError(404, "BLOB_UPLOAD_UNKNOWN");
        admin.put(withDigest(location, DIGEST), BLOB).expectError(404, "BLOB_UPLOAD_UNKNOWN");
        ann.get(location.replace("team/app", "team/other")).expectError(404, "BLOB_UPLOAD_UNKNOWN");
        ann.get(location).expect(204);
    }
}
