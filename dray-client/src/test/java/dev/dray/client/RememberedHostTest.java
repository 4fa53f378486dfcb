package dev.dray.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.client.credentials.CredentialSource;
import dev.dray.client.credentials.Credentials;
import dev.dray.client.memory.HostMemory;
import dev.dray.client.memory.SavedToken;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.ManifestSelector;
import dev.dray.testkit.MemoryRegistry;
import dev.dray.testkit.MemoryRegistry.Behaviour;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// What an earlier command learnt of a host saves requests, and costs little when it has become false.
class RememberedHostTest {
    private static final RepositoryName TEAM = RepositoryName.parse("team/app");

    private final HostMemory memory = HostMemory.inMemory();

    private void look(MemoryRegistry registry, String password) throws IOException {
        registry.forgetRequests();
        try (RegistryClient client = RegistryClient.open(ClientOptions.builder()
                .credentials(CredentialSource.of(registry.host(), new Credentials.Password("ann", password)))
                .memory(memory)
                .retries(1, Duration.ofMillis(1))
                .build())) {
            assertThat(client.repository(registry.host(), TEAM).head(ManifestSelector.of(Tag.LATEST)))
                    .isEmpty();
        }
    }

    @Test
    void theNextCommandNeedsNoProbeNoChallengeAndNoToken() throws IOException {
        try (MemoryRegistry registry = MemoryRegistry.start(Behaviour.bearer("ann:secret"))) {
            look(registry, "secret");
            assertThat(registry.requests()).hasSize(2);
            assertThat(memory.of(registry.host()).scheme()).contains("http");

            look(registry, "secret");
            assertThat(registry.requests()).hasSize(1);
            assertThat(registry.tokenRequests()).isEmpty();
        }
    }

    @Test
    void aTokenThatTheRegistryNoLongerTakesIsReplaced() throws IOException {
        try (MemoryRegistry registry = MemoryRegistry.start(Behaviour.bearer("ann:secret"))) {
            look(registry, "secret");
            SavedToken good = memory.of(registry.host()).tokens().getFirst();
            Instant now = Instant.now();
            memory.change(
                    registry.host(),
                    facts -> facts.withToken(
                            new SavedToken(good.holder(), good.scopes(), "stale", now.plusSeconds(600)), now));

            look(registry, "secret");
            assertThat(registry.tokenRequests()).hasSize(1);
            assertThat(memory.of(registry.host()).tokens())
                    .extracting(SavedToken::value)
                    .doesNotContain("stale");
        }
    }

    @Test
    void aTokenServesOnlyTheCredentialsThatItWasGivenFor() throws IOException {
        try (MemoryRegistry registry = MemoryRegistry.start(Behaviour.bearer("ann:secret"))) {
            look(registry, "secret");
            String host = registry.host();
            registry.forgetRequests();
            try (RegistryClient other =
                    RegistryClient.open(ClientOptions.builder().memory(memory).build())) {
                assertThatThrownBy(() -> other.repository(host, TEAM).head(ManifestSelector.of(Tag.LATEST)))
                        .hasMessageContaining("401");
            }
            assertThat(registry.tokenRequests()).hasSize(1);
        }
    }
}
