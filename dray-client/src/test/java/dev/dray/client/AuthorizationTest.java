package dev.dray.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.client.credentials.CredentialSource;
import dev.dray.client.credentials.Credentials;
import dev.dray.model.Content;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ManifestSelector;
import dev.dray.model.image.MediaType;
import dev.dray.testkit.MemoryRegistry;
import dev.dray.testkit.MemoryRegistry.Behaviour;
import dev.dray.testkit.ScriptedServer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Credentials and tokens go to the registry and its token server, and nowhere else.
class AuthorizationTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");
    private static final Credentials ANN = new Credentials.Password("ann", "secret");
    private static final RawBytes WORDS = RawBytes.utf8("words");
    private static final Descriptor BLOB = Descriptor.of(MediaType.OCI_LAYER_GZIP, WORDS.sha256(), WORDS.size());

    private static RegistryClient client(String host, Credentials credentials) {
        return RegistryClient.open(ClientOptions.builder()
                .credentials(CredentialSource.of(host, credentials))
                .retries(0, Duration.ofMillis(1))
                .build());
    }

    private static void hasKind(Throwable failure, DrayException.Kind kind) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void manyThreadsShareOneToken() throws Exception {
        try (MemoryRegistry registry = MemoryRegistry.start(Behaviour.bearer("ann:secret"));
                RegistryClient client = client(registry.host(), ANN)) {
            RemoteRepository repository = client.repository(registry.host(), APP);
            client.ping(registry.host());
            registry.forgetRequests();

            dev.dray.client.transfer.TaskGroup.forEach(
                    java.util.stream.IntStream.range(0, 20).boxed().toList(),
                    10,
                    number -> assertThat(repository.head(ManifestSelector.of(new Tag("v" + number))))
                            .isEmpty());

            assertThat(registry.tokenRequests()).hasSize(1);
            assertThat(registry.requests()).hasSize(20);
        }
    }

    @Test
    void aTokenThatOnlyAllowsPullsIsNotUsedForAPush() throws IOException {
        try (MemoryRegistry registry = MemoryRegistry.start(Behaviour.bearer("ann:secret"));
                RegistryClient client = client(registry.host(), ANN)) {
            RemoteRepository repository = client.repository(registry.host(), APP);
            assertThat(repository.missing(List.of(BLOB))).hasSize(1);
            registry.forgetRequests();

            repository.putBlob(BLOB, Content.of(WORDS, BLOB.digest()));

            assertThat(registry.tokenRequests()).singleElement().asString().contains("repository:team/app:pull,push");
            assertThat(repository.missing(List.of(BLOB))).isEmpty();
            assertThat(registry.tokenRequests()).hasSize(1);
        }
    }

    @Test
    void aRightPasswordLogsIn() throws IOException {
        try (MemoryRegistry registry = MemoryRegistry.start(Behaviour.bearer("ann:secret"));
                RegistryClient client = RegistryClient.open(ClientOptions.defaults())) {
            assertThat(client.authenticate(registry.host(), ANN)).isEqualTo(ANN);
        }
    }

    @Test
    void aWrongPasswordDoesNotLogInToATokenServer() throws IOException {
        try (MemoryRegistry registry = MemoryRegistry.start(Behaviour.bearer("ann:other"));
                RegistryClient client = RegistryClient.open(ClientOptions.defaults())) {
            assertThatThrownBy(() -> client.authenticate(registry.host(), ANN))
                    .satisfies(e -> hasKind(e, DrayException.Kind.UNAUTHENTICATED))
                    .hasMessageContaining("user name or password")
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void aWrongPasswordDoesNotLogInByBasic() throws IOException {
        ScriptedServer.Step.Reply refusal =
                ScriptedServer.reply(401, "").with("WWW-Authenticate", "Basic realm=\"registry\"");
        try (ScriptedServer server = ScriptedServer.start(refusal, refusal);
                RegistryClient client = RegistryClient.open(ClientOptions.defaults())) {
            assertThatThrownBy(() -> client.authenticate(server.host(), ANN))
                    .satisfies(e -> hasKind(e, DrayException.Kind.UNAUTHENTICATED))
                    .hasMessageContaining("user name or password");
            assertThat(server.requests().getLast().header("Authorization")).contains("Basic YW5uOnNlY3JldA==");
        }
    }

    @Test
    void anIdentityTokenIsExchanged() throws IOException {
        try (ScriptedServer server = ScriptedServer.start();
                RegistryClient client = client(server.host(), new Credentials.IdentityToken("refresh me"))) {
            server.then(
                    ScriptedServer.reply(401, "")
                            .with(
                                    "WWW-Authenticate",
                                    "Bearer realm=\"http://" + server.host() + "/token\",service=\"here\""),
                    ScriptedServer.reply(200, "{\"access_token\":\"abc\"}"),
                    ScriptedServer.reply(404, ""));

            assertThat(client.repository(server.host(), APP).head(ManifestSelector.of(Tag.LATEST)))
                    .isEmpty();
            assertThat(server.requests().get(1).line()).isEqualTo("POST /token");
            assertThat(server.requests().get(1).body())
                    .contains("grant_type=refresh_token", "refresh_token=refresh+me", "scope=repository:team/app:pull");
            assertThat(server.requests().get(2).header("Authorization")).contains("Bearer abc");
        }
    }

    @Test
    void credentialsDoNotFollowARealmToAnotherHost() throws IOException {
        try (ScriptedServer registry = ScriptedServer.start(ScriptedServer.reply(401, "")
                        .with("WWW-Authenticate", "Bearer realm=\"http://tokens.example.org/token\""));
                RegistryClient client = client(registry.host(), ANN)) {
            assertThatThrownBy(() -> client.repository(registry.host(), APP).head(ManifestSelector.of(Tag.LATEST)))
                    .satisfies(e -> hasKind(e, DrayException.Kind.DENIED))
                    .hasMessageContaining("tokens.example.org");
        }
    }

    @Test
    void authorizationDoesNotFollowARedirectToAnotherHost() throws IOException {
        try (ScriptedServer storage = ScriptedServer.start(ScriptedServer.reply(200, "words"));
                ScriptedServer registry = ScriptedServer.start(
                        ScriptedServer.reply(401, "").with("WWW-Authenticate", "Basic realm=\"registry\""),
                        ScriptedServer.reply(307, "").with("Location", "http://" + storage.host() + "/x?sig=1"));
                RegistryClient client = client(registry.host(), ANN);
                InputStream in =
                        client.repository(registry.host(), APP).blob(BLOB).open(0)) {
            assertThat(in.readAllBytes()).asString().isEqualTo("words");
            assertThat(registry.requests().getLast().header("Authorization")).isPresent();
            assertThat(storage.requests().getFirst().header("Authorization")).isEmpty();
            assertThat(storage.lines()).containsExactly("GET /x?sig=1");
        }
    }

    @Test
    void withoutCredentialsTheAdviceIsToLogIn() throws IOException {
        try (ScriptedServer registry = ScriptedServer.start(
                        ScriptedServer.reply(401, "").with("WWW-Authenticate", "Basic realm=\"registry\""));
                RegistryClient client = RegistryClient.open(ClientOptions.defaults())) {
            assertThatThrownBy(() -> client.repository(registry.host(), APP).manifest(ManifestSelector.of(Tag.LATEST)))
                    .isInstanceOfSatisfying(DrayException.class, e -> {
                        assertThat(e.kind()).isEqualTo(DrayException.Kind.UNAUTHENTICATED);
                        assertThat(e.advice())
                                .hasValueSatisfying(advice -> assertThat(advice).contains("dray login"));
                    });
        }
    }
}
