package dev.dray.registry.rules;

import static dev.dray.registry.http.Calls.blob;
import static dev.dray.registry.http.Calls.uploads;
import static dev.dray.registry.http.Calls.withDigest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.registry.access.AccessRules;
import dev.dray.registry.access.Admission;
import dev.dray.registry.access.Authenticator;
import dev.dray.registry.http.Calls;
import dev.dray.registry.http.Reply;
import dev.dray.registry.server.EmbeddedRegistry;
import dev.dray.store.fixture.TestStores;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Vulnerabilities of other registries. CVE-2021-41190 and CVE-2023-2253 are in [ManifestRulesTest].
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdvisoriesTest {
    private static final RawBytes SECRET = RawBytes.utf8("the secret layer of ann");
    private static final Digest DIGEST = SECRET.sha256();

    private final EmbeddedRegistry registry = EmbeddedRegistry.configure()
            .withStoreOptions(TestStores.options())
            .withAdmission(
                    Admission.of(Authenticator.ofPasswords(Map.of("ann", "a", "bob", "b")), AccessRules.parse("""
                        rules:
                          - {repositories: "ann/**", users: [ann], actions: [pull, push, delete]}
                          - {repositories: "bob/**", users: [bob], actions: [pull, push, delete]}
                        """)))
            .start();
    private final Calls ann = Calls.to(registry.uri()).as("ann", "a");
    private final Calls bob = Calls.to(registry.uri()).as("bob", "b");

    @AfterAll
    void stop() {
        registry.close();
    }

    @Test
    void cve202439897HeadAndMountGrantNothingByADigestAlone() {
        ann.push("ann/one", SECRET);
        bob.head(blob("bob/one", DIGEST)).expect(404);
        bob.post(uploads("bob/one") + "?mount=" + DIGEST + "&from=ann/one").expect(202);
        bob.post(uploads("bob/one") + "?mount=" + DIGEST).expect(202);
        bob.head(blob("bob/one", DIGEST)).expect(404);
        bob.get(blob("bob/one", DIGEST)).expectError(404, "BLOB_UNKNOWN");
    }

    @Test
    void cve202635172DeletedBlobIsGoneAtOnceThoughAnotherRepositoryHasIt() {
        ann.push("ann/two", SECRET);
        ann.push("ann/other", SECRET);
        ann.get(blob("ann/two", DIGEST)).expect(200);
        ann.delete(blob("ann/two", DIGEST)).expect(202);
        ann.get(blob("ann/two", DIGEST)).expectError(404, "BLOB_UNKNOWN");
        ann.head(blob("ann/two", DIGEST)).expect(404);
        ann.get(blob("ann/other", DIGEST)).expect(200);
    }

    @Test
    void cve202632589UploadSessionIsBoundToItsRepositoryAndOwner() {
        String location = ann.startUpload("ann/three");
        String stolen = location.replace("ann/three", "bob/three");
        bob.put(withDigest(stolen, DIGEST), SECRET).expectError(404, "BLOB_UPLOAD_UNKNOWN");
        bob.delete(stolen).expectError(404, "BLOB_UPLOAD_UNKNOWN");
        bob.patch(location, SECRET).expectError(403, "DENIED");
        ann.put(withDigest(location, DIGEST), SECRET).expect(201);
    }

    @Test
    void emptyUploadDoesNotClaimSomebodyElsesBlob() {
        ann.push("ann/four", SECRET);
        String location = bob.startUpload("bob/four");
        bob.put(withDigest(location, DIGEST)).expectError(400, "DIGEST_INVALID");
        bob.post(withDigest(uploads("bob/four"), DIGEST)).expectError(400, "DIGEST_INVALID");
        bob.head(blob("bob/four", DIGEST)).expect(404);
    }

    @Test
    void pathsNeverLeaveTheRegistry() {
        for (String path :
                new String[] {"/v2/../../etc/passwd", "/v2/%2e%2e/%2e%2e/blobs/x", "/v2/a/blobs/..%2f..%2fx"}) {
            Reply reply = ann.get(path);
            assertThat(reply.status()).as(path).isIn(400, 404);
        }
    }
}
