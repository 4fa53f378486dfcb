package dev.dray.registry.mirror;

import static dev.dray.registry.http.Calls.blob;
import static dev.dray.registry.http.Calls.manifest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.registry.http.Calls;
import dev.dray.registry.http.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorNamesTest {
    private static final List<String> NO_HOSTS = List.of(
            "",
            "docker.io/team",
            "..%2F..%2Fetc",
            "docker.io%0d%0aSet-Cookie:%20x",
            "%25%27%20OR%201=1%20--",
            "docker.io%3A1%3A2",
            "https%3A%2F%2Fdocker.io",
            "-",
            "%5B::1",
            "%F0%9F%90%B3");

    @TempDir
    private Path folder = Path.of("");

    private PulledImages images;
    private Calls calls;

    @BeforeEach
    void start() throws IOException {
        images = PulledImages.serve(folder);
        calls = images.calls();
    }

    @AfterEach
    void stop() {
        images.close();
    }

    private void requireManifest(String path, Digest expected) {
        calls.get(path).expect(200).expectDigest(expected);
        calls.head(path).expect(200).expectDigest(expected);
    }

    @Test
    void namespaceChoosesTheHost() {
        Digest hub = images.image("docker.io/team/app", "1", "hub");
        Digest quay = images.image("quay.io/team/app", "1", "quay");
        Digest local = images.image("localhost:5000/team/app", "1", "local");

        requireManifest(manifest("team/app", "1?ns=docker.io"), hub);
        requireManifest(manifest("team/app", "1?ns=index.docker.io"), hub);
        requireManifest(manifest("team/app", "1?ns=quay.io"), quay);
        requireManifest(manifest("team/app", "1?ns=localhost:5000"), local);
        requireManifest(manifest("team/app", "1?ns=localhost%3A5000"), local);
        calls.get(manifest("team/app", "1?ns=ghcr.io")).expectError(404, "MANIFEST_UNKNOWN");
        assertThat(calls.get(manifest("team/app", "1?ns=quay.io")).header("OCI-Namespace"))
                .isEqualTo("quay.io");
    }

    @Test
    void pathAloneFindsWhatOneHostHas() {
        Digest local = images.image("localhost:5000/team/app", "1", "local");
        images.image("quay.io/team/app/more", "1", "longer");
        images.image("quay.io/my/team/app", "1", "deeper");

        requireManifest(manifest("team/app", "1"), local);
        requireManifest(manifest("team/app", local), local);
        calls.get(manifest("app", "1")).expectError(404, "MANIFEST_UNKNOWN");
    }

    @Test
    void pathThatTwoHostsHaveIsNotFoundAndSaysHowToAsk() {
        images.image("docker.io/team/app", "1", "hub");
        Digest quay = images.image("quay.io/team/app", "1", "quay");

        Reply refused = calls.get(manifest("team/app", "1")).expectError(404, "NAME_UNKNOWN");
        assertThat(refused.text()).contains("2 hosts have", "ns");
        requireManifest(manifest("quay.io/team/app", "1"), quay);
    }

    @Test
    void hostThatLostItsLastImageIsNoneThatHasIt() {
        Digest removed = images.image("docker.io/team/app", "1", "hub");
        Digest quay = images.image("quay.io/team/app", "1", "quay");
        images.store()
                .catalog()
                .change(transaction -> transaction
                        .repository(new RepositoryName("docker.io/team/app"))
                        .manifests()
                        .delete(removed));

        requireManifest(manifest("team/app", "1"), quay);
    }

    @Test
    void hostBeforeThePathIsTheFullName() {
        Digest hub = images.image("docker.io/library/ubuntu", "1", "hub");
        Digest local = images.image("localhost:5000/team/app", "1", "local");
        images.image("harbor.corp/docker.io/library/ubuntu", "1", "a mirror of others");

        requireManifest(manifest("docker.io/library/ubuntu", "1"), hub);
        requireManifest(manifest("docker.io/ubuntu", "1"), hub);
        requireManifest(manifest("localhost:5000/team/app", "1"), local);
    }

    @Test
    void hostBeforeThePathMayBeNamedTwice() {
        Digest hub = images.image("docker.io/library/ubuntu", "1", "hub");
        Digest local = images.image("localhost:5000/team/app", "1", "local");

        requireManifest(manifest("docker.io/library/ubuntu", "1?ns=docker.io"), hub);
        requireManifest(manifest("localhost:5000/team/app", "1?ns=localhost:5000"), local);
        calls.get(manifest("localhost:5000/team/app", "1?ns=docker.io")).expectError(404, "NAME_UNKNOWN");
        calls.get(manifest("docker.io/library/ubuntu", "1?ns=quay.io")).expectError(404, "MANIFEST_UNKNOWN");
    }

    @Test
    void libraryIsLeftOutAsPeopleDo() {
        Digest hub = images.image("docker.io/library/ubuntu", "24.04", "hub");

        requireManifest(manifest("ubuntu", "24.04"), hub);
        requireManifest(manifest("ubuntu", "24.04?ns=docker.io"), hub);
        requireManifest(manifest("library/ubuntu", "24.04"), hub);
        calls.get(manifest("ubuntu", "24.04?ns=quay.io")).expectError(404, "MANIFEST_UNKNOWN");
        calls.get(blob("ubuntu", hub)).expectError(404, "BLOB_UNKNOWN");
    }

    @Test
    void namespaceThatIsNoHostIsRefusedAndNotEchoed() {
        images.image("docker.io/team/app", "1", "hub");

        for (String namespace : NO_HOSTS) {
            for (String path : List.of(manifest("team/app", "1"), "/v2/team/app/tags/list")) {
                Reply reply = calls.get(path + "?ns=" + namespace);
                reply.expectError(400, "NAME_INVALID");
                assertThat(reply.response().headers().map()).doesNotContainKey("set-cookie");
            }
        }
    }

    @Test
    void longNamespaceIsRefused() {
        images.image("docker.io/team/app", "1", "hub");
        calls.get(manifest("team/app", "1?ns=" + "a".repeat(300))).expectError(400, "NAME_INVALID");
        calls.get(manifest("team/app", "1?ns=docker.io%00")).expect(400);
    }

    @Test
    void pathsThatLeadNowhereAreNotFound() {
        images.image("docker.io/team/app", "1", "hub");
        calls.get("/v2/team/app/manifests/a/b").expect(404);
        calls.get("/v2/team/app/manifests/a%2Fb").expect(404);
        calls.get(manifest("team/app", "..")).expectError(400, "MANIFEST_INVALID");
        calls.get(manifest("team/app", "sha256:1234")).expectError(400, "DIGEST_INVALID");
        calls.get("/v2/Team/app/tags/list").expectError(404, "NAME_UNKNOWN");
        calls.get("/v2/team//app/tags/list").expectError(400, "NAME_INVALID");
        calls.get("/v2/../../etc/passwd/tags/list").expectError(400, "NAME_INVALID");
    }
}
