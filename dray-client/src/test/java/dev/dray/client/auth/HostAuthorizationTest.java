package dev.dray.client.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.client.credentials.CredentialSource;
import dev.dray.client.memory.HostMemory;
import dev.dray.client.transport.ApacheTransport;
import dev.dray.client.transport.HttpReply;
import dev.dray.client.transport.HttpRequest;
import dev.dray.client.transport.TrafficMeter;
import dev.dray.client.transport.TransportOptions;
import dev.dray.model.RepositoryName;
import dev.dray.testkit.ScriptedServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class HostAuthorizationTest {
    private static final Set<Scope> PULL = Set.of(Scope.pull(RepositoryName.parse("team/app")));

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final TrafficMeter meter = TrafficMeter.create();

    @AutoClose
    private final ScriptedServer server = ScriptedServer.start();

    @AutoClose
    private final ApacheTransport transport = ApacheTransport.open(
            new TransportOptions(Path.of("/nowhere"), Map.of(), Duration.ofSeconds(20), 1, "dray-test"));

    private final HostAuthorization authorization = new HostAuthorization(
            server.host(), CredentialSource.anonymous(), Set.of(), transport, HostMemory.inMemory(), nanos::get);

    HostAuthorizationTest() throws IOException {}

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static ScriptedServer.Step token(String value) {
        return ScriptedServer.reply(200, "{\"token\":\"" + value + "\",\"expires_in\":300}");
    }

    private void learnFromAChallenge() throws IOException {
        URI registry = URI.create("http://" + server.host() + "/v2/");
        server.then(ScriptedServer.reply(401, "")
                .with("WWW-Authenticate", "Bearer realm=\"http://" + server.host() + "/token\""));
        try (HttpReply refused = transport.execute(HttpRequest.of("GET", registry, meter))) {
            assertThat(authorization.learn(refused, registry, Optional.empty())).isTrue();
        }
    }

    /// The clock starts where `System.nanoTime` overflows, which its contract allows at any moment.
    @Test
    void tokenIsReplacedFiveSecondsBeforeItExpires() throws IOException {
        learnFromAChallenge();
        server.then(token("first"), token("second"));

        assertThat(authorization.header(PULL, meter)).contains("Bearer first");
        pass(Duration.ofSeconds(294));
        assertThat(authorization.header(PULL, meter)).contains("Bearer first");
        pass(Duration.ofSeconds(1));
        assertThat(authorization.header(PULL, meter)).contains("Bearer second");
        assertThat(server.requests()).hasSize(3);
    }
}
