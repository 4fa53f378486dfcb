package dev.dray.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentProxiesTest {
    private static final EnvironmentProxies PROXIES = new EnvironmentProxies(Map.of(
            "HTTPS_PROXY", "http://proxy:3128",
            "http_proxy", "plain:8080",
            "NO_PROXY", "internal.example.org,.lan, *.corp.example"));

    @Test
    void eachSchemeHasItsOwn() {
        assertThat(PROXIES.proxyFor("https", "ghcr.io"))
                .hasValueSatisfying(proxy -> assertThat(proxy.toURI()).isEqualTo("http://proxy:3128"));
        assertThat(PROXIES.proxyFor("http", "ghcr.io"))
                .hasValueSatisfying(proxy -> assertThat(proxy.toURI()).isEqualTo("http://plain:8080"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "127.0.0.1",
                "internal.example.org",
                "a.internal.example.org",
                "r.lan",
                "r.corp.example"
            })
    void someHostsAreReachedDirectly(String host) {
        assertThat(PROXIES.proxyFor("https", host)).isEmpty();
    }
}
