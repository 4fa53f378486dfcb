package dev.dray.registry.mirror;

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
import dev.dray.store.Store;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.catalog.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorRightsTest {
    private static final RawBytes SECRET = RawBytes.utf8("the layer of the private image");

    @TempDir
    private Path folder = Path.of("");

    private PulledImages images;
    private Calls anonymous;
    private Calls ann;
    private Calls bob;
    private Digest secret;

    @BeforeEach
    void start() throws IOException {
        images = PulledImages.serve(
                folder,
                Admission.of(Authenticator.ofPasswords(Map.of("ann", "a", "bob", "b")), AccessRules.parse("""
                    rules:
                      - {repositories: "docker.io/**", anyone: true, actions: [pull]}
                      - {repositories: "localhost:5000/private/*", users: [ann], actions: [pull, push, delete]}
                    """)));
        anonymous = images.calls();
        ann = anonymous.as("ann", "a");
        bob = anonymous.as("bob", "b");
        images.image("docker.io/library/open", "1", "open");
        secret = images.image(
                "localhost:5000/private/app", Optional.of("1"), RawBytes.utf8("{\"author\":\"a\"}"), SECRET);
    }

    @AfterEach
    void stop() {
        images.close();
    }

    @Test
    void ruleMayNameAHostWithItsPort() {
        ann.get(manifest("private/app", "1?ns=localhost:5000")).expect(200).expectDigest(secret);
        ann.get(manifest("private/app", "1")).expect(200).expectDigest(secret);
        ann.get(blob("private/app", SECRET.sha256())).expect(200);
    }

    @Test
    void whatAUserMayNotPullLooksLikeWhatIsNotThere() {
        for (String naming : List.of("", "?ns=localhost:5000")) {
            for (String path :
                    List.of("/manifests/1", "/manifests/" + secret, "/blobs/" + SECRET.sha256(), "/tags/list")) {
                requireAlike(bob.get("/v2/private/app" + path + naming), bob.get("/v2/private/ape" + path + naming));
                requireAlike(bob.head("/v2/private/app" + path + naming), bob.head("/v2/private/ape" + path + naming));
            }
            requireAlike(
                    bob.get("/v2/private/app/referrers/" + secret + naming),
                    bob.get("/v2/private/ape/referrers/" + secret + naming));
        }
        bob.get(manifest("localhost:5000/private/app", "1")).expectError(404, "MANIFEST_UNKNOWN");
        assertThat(bob.get("/v2/_catalog").text()).doesNotContain("private");
    }

    private static void requireAlike(Reply forbidden, Reply absent) {
        assertThat(forbidden.status()).isEqualTo(absent.status());
        // The names differ in one letter of the same length.
        assertThat(forbidden.text().replace("private/app", "private/ape")).isEqualTo(absent.text());
        assertThat(forbidden.headersButDate()).isEqualTo(absent.headersButDate());
    }

    @Test
    void anonymousIsAskedForCredentialsWhereHeMayNotPullWhetherItIsThereOrNot() {
        for (String repository : List.of("private/app", "private/none")) {
            for (String naming : List.of("", "?ns=localhost:5000")) {
                for (String path : List.of("/manifests/1", "/blobs/" + SECRET.sha256(), "/tags/list")) {
                    anonymous.get("/v2/" + repository + path + naming).expectError(401, "UNAUTHORIZED");
                }
            }
        }
        anonymous.get(manifest("open", "1")).expect(200);
        anonymous.get(manifest("library/none", "1?ns=docker.io")).expectError(404, "MANIFEST_UNKNOWN");
        anonymous.as("ann", "wrong").get(manifest("open", "1")).expect(401);
    }

    @Test
    void pathThatAForbiddenRepositoryHasTooIsNotAmbiguous() {
        Digest open = images.image("docker.io/private/app", "1", "open");

        bob.get(manifest("private/app", "1")).expect(200).expectDigest(open);
        ann.get(manifest("private/app", "1")).expectError(404, "NAME_UNKNOWN");
    }

    @Test
    void digestGrantsNothing() {
        bob.get(blob("library/open", SECRET.sha256())).expectError(404, "BLOB_UNKNOWN");
        bob.head(blob("library/open", SECRET.sha256())).expect(404);
        bob.get(manifest("library/open", secret)).expectError(404, "MANIFEST_UNKNOWN");
        bob.get(blob("library/open", SECRET.sha256() + "?ns=docker.io")).expectError(404, "BLOB_UNKNOWN");
        ann.get(blob("library/open", SECRET.sha256())).expectError(404, "BLOB_UNKNOWN");
    }

    @Test
    void nothingCanBeWrittenNotEvenByWhoMayPush() throws IOException {
        List<String> before = files();
        RawBytes blob = RawBytes.utf8("pushed");
        Digest digest = blob.sha256();
        for (Reply refused : List.of(
                ann.post(uploads("private/app")),
                ann.post(withDigest(uploads("private/app"), digest), blob),
                ann.post(uploads("private/app") + "?mount=" + SECRET.sha256() + "&from=private/app"),
                ann.get(uploads("private/app") + "some-id"),
                ann.patch(uploads("private/app") + "some-id", blob),
                ann.put(withDigest(uploads("private/app") + "some-id", digest), blob),
                ann.delete(uploads("private/app") + "some-id"),
                ann.putManifest("private/app", "2", MediaType.OCI_INDEX, blob),
                ann.delete(manifest("private/app", "1")),
                ann.delete(blob("private/app", SECRET.sha256())),
                ann.post("/v2/_catalog"),
                ann.put("/v2/private/app/tags/list"),
                ann.delete("/v2/private/app/referrers/" + digest))) {
            refused.expectError(405, "UNSUPPORTED");
            assertThat(refused.header("Allow")).isEqualTo("GET, HEAD");
            assertThat(refused.text()).contains("push to a registry");
        }
        ann.post("/v2/").expectError(405, "UNSUPPORTED");
        assertThat(files()).isEqualTo(before);
        ann.get(manifest("private/app", "1")).expect(200);
    }

    @Test
    void readingLeavesNoTraceInTheStore(@TempDir Path other) throws IOException {
        try (PulledImages filled = PulledImages.serve(other)) {
            filled.image("docker.io/library/open", "1", "open");
            filled.blob("docker.io/library/open", SECRET);
        }
        try (PulledImages served = PulledImages.serveLater(other)) {
            BlobTable.Row before = row(served.store());
            served.calls().get(manifest("library/open", "1")).expect(200);
            served.calls().head(blob("library/open", SECRET.sha256())).expect(200);
            served.calls().get(blob("library/open", SECRET.sha256())).expect(200);
            assertThat(row(served.store())).isEqualTo(before);
            List<ProcessId> processes = served.store()
                    .catalog()
                    .read(transaction -> List.copyOf(transaction.processes().list()));
            assertThat(processes).isEmpty();
            assertThat(other.resolve("processes")).isEmptyDirectory();
            assertThat(other.resolve("staging")).isEmptyDirectory();
        }
    }

    private static BlobTable.Row row(Store store) {
        return store.catalog()
                .read(transaction -> transaction.blobs().find(SECRET.sha256()).orElseThrow());
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.map(Path::toString)
                    .filter(path -> !path.contains("store.db-"))
                    .sorted()
                    .toList();
        }
    }
}
