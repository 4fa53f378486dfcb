package dev.dray.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.DrayException;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// CVE-2020-15157 (containerd) and CVE-2026-33540 (distribution): a registry names a token server of its choice.
class RealmRuleTest {
    private static final RealmRule RULE = new RealmRule(Set.of("sso.corp.example"));

    @ParameterizedTest
    @CsvSource({
        "https://auth.docker.io/token, https://registry-1.docker.io",
        "https://gitlab.com/jwt/auth, https://registry.gitlab.com",
        "https://harbor.example.org/service/token, https://harbor.example.org",
        "https://harbor.example.org:8443/token, https://harbor.example.org:5000",
        "https://sso.corp.example/token, https://registry.other.example",
        "http://127.0.0.1:5001/token, http://127.0.0.1:5000"
    })
    void credentialsGoToTheRegistrysOwnDomain(String realm, String registry) {
        assertThat(RULE.maySeeCredentials(URI.create(realm), URI.create(registry)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://evil.example.com/token, https://registry-1.docker.io",
        "https://docker.io.evil.com/token, https://registry-1.docker.io",
        "https://evil.co.uk/token, https://registry.co.uk",
        "https://evil.github.io/token, https://registry.github.io",
        "https://10.0.0.2/token, https://10.0.0.1",
        "https://evil/token, https://registry"
    })
    void credentialsGoNowhereElse(String realm, String registry) {
        assertThat(RULE.maySeeCredentials(URI.create(realm), URI.create(registry)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http://auth.docker.io/token, https://registry-1.docker.io",
        "https://user@auth.docker.io/token, https://registry-1.docker.io",
        "/token, https://registry.example.org",
        "file:///etc/passwd, https://registry.example.org",
        "https://127.0.0.1/token, https://registry.example.org",
        "http://localhost:1/token, http://registry.example.org"
    })
    void suchRealmsAreNotFollowedAtAll(String realm, String registry) {
        assertThatThrownBy(() -> RealmRule.check(realm, URI.create(registry)))
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.DENIED));
    }

    @Test
    void plainHttpRealmsAreForRegistriesInPlainHttp() {
        assertThat(RealmRule.check("http://tokens.lan/t", URI.create("http://registry.lan:5000")))
                .hasHost("tokens.lan");
    }
}
