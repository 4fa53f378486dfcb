package dev.dray.client;

import static dev.dray.testkit.ScriptedServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.MediaType;
import dev.dray.testkit.ScriptedServer;
import dev.dray.testkit.ScriptedServer.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReferrersTest {
    private static final Digest SUBJECT = Digest.sha256(new byte[] {1});
    private static final Digest FIRST = Digest.sha256(new byte[] {2});
    private static final Digest SECOND = Digest.sha256(new byte[] {3});
    private static final String API = "/v2/team/app/referrers/" + SUBJECT;
    private static final String TAG = "/v2/team/app/manifests/sha256-" + SUBJECT.hex();

    private static String index(Digest... manifests) {
        StringBuilder entries = new StringBuilder();
        for (Digest manifest : manifests) {
            entries.append(entries.isEmpty() ? "" : ",")
                    .append("{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":5,\"artifactType\":\"a/b\"}"
                            .formatted(MediaType.OCI_MANIFEST, manifest));
        }
        return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}".formatted(MediaType.OCI_INDEX, entries);
    }

    private static Step.Reply page(Digest... manifests) {
        return reply(200, index(manifests)).with("Content-Type", MediaType.OCI_INDEX.value());
    }

    private interface Use<T> {
        T of(RemoteRepository repository) throws IOException;
    }

    private static <T> T use(ScriptedServer server, Use<T> use) throws IOException {
        ClientOptions options = ClientOptions.builder()
                .plainHttp(Set.of(server.host()))
                .environment(Map.of())
                .retries(0, Duration.ofMillis(1))
                .build();
        try (RegistryClient client = RegistryClient.open(options)) {
            return use.of(client.repository(server.host(), RepositoryName.parse("team/app")));
        }
    }

    private static List<Descriptor> referrers(ScriptedServer server) throws IOException {
        return use(server, repository -> repository.referrers(SUBJECT));
    }

    private static List<String> lines(ScriptedServer server) {
        return server.requests().stream().map(ScriptedServer.Request::line).toList();
    }

    @Test
    void theApiIsReadPageByPage() throws IOException {
        try (ScriptedServer server =
                ScriptedServer.start(page(FIRST).with("Link", "<" + API + "?next=2>; rel=\"next\""), page(SECOND))) {
            List<Descriptor> found = referrers(server);

            assertThat(found).extracting(Descriptor::digest).containsExactly(FIRST, SECOND);
            assertThat(found.getFirst().artifactType()).contains("a/b");
            assertThat(lines(server)).containsExactly("GET " + API, "GET " + API + "?next=2");
        }
    }

    @Test
    void withoutTheApiTheTagOfTheSubjectIsRead() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(reply(404, ""), page(FIRST))) {
            assertThat(referrers(server)).extracting(Descriptor::digest).containsExactly(FIRST);
            assertThat(lines(server)).containsExactly("GET " + API, "GET " + TAG);
        }
    }

    @Test
    void withoutApiAndTagThereAreNone() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(reply(404, ""), reply(404, ""))) {
            assertThat(referrers(server)).isEmpty();
        }
    }

    @Test
    void whoMayNotListIsToldAndNothingElseIsTried() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(reply(403, ""))) {
            assertThatExceptionOfType(DrayException.class)
                    .isThrownBy(() -> referrers(server))
                    .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(DrayException.Kind.DENIED));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aListThatIsNoIndexIsRefused() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(reply(200, "[]"))) {
            assertThatExceptionOfType(DrayException.class)
                    .isThrownBy(() -> referrers(server))
                    .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(DrayException.Kind.INVALID));
        }
    }

    @Test
    void referrersAreAddedToTheTagOnlyWhereTheApiIsMissing() throws IOException {
        Descriptor second = Descriptor.of(MediaType.OCI_MANIFEST, SECOND, 5);
        try (ScriptedServer modern = ScriptedServer.start(page());
                ScriptedServer old = ScriptedServer.start(reply(404, ""), page(FIRST), reply(201, ""))) {
            for (ScriptedServer server : List.of(modern, old)) {
                use(server, repository -> {
                    repository.listReferrers(SUBJECT, List.of(second));
                    return true;
                });
            }

            assertThat(lines(modern)).containsExactly("GET " + API);
            assertThat(lines(old)).containsExactly("GET " + API, "GET " + TAG, "PUT " + TAG);
            assertThat(old.requests().getLast().body())
                    .isEqualTo("{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s,%s]}"
                            .formatted(
                                    MediaType.OCI_INDEX,
                                    "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":5,\"artifactType\":\"a/b\"}"
                                            .formatted(MediaType.OCI_MANIFEST, FIRST),
                                    "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":5}"
                                            .formatted(MediaType.OCI_MANIFEST, SECOND)));
        }
    }
}
