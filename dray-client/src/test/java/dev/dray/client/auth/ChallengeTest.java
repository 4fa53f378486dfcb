package dev.dray.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.dray.model.DrayException;
import dev.dray.seeds.Cases;
import dev.dray.seeds.Draw;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeTest {
    private static List<Challenge> parse(String header) {
        return Challenge.parse(List.of(header));
    }

    @Test
    void bearerWithCommasInsideQuotes() {
        assertThat(parse("Bearer realm=\"https://auth.docker.io/token\",service=\"registry.docker.io\","
                        + "scope=\"repository:library/ubuntu:pull,push\""))
                .containsExactly(new Challenge(
                        "bearer",
                        Map.of(
                                "realm", "https://auth.docker.io/token",
                                "service", "registry.docker.io",
                                "scope", "repository:library/ubuntu:pull,push")));
    }

    @Test
    void severalChallengesInOneHeader() {
        assertThat(parse("Basic realm=\"a\", Negotiate, BEARER Realm=b , error=\"invalid_token\""))
                .containsExactly(
                        new Challenge("basic", Map.of("realm", "a")),
                        new Challenge("negotiate", Map.of()),
                        new Challenge("bearer", Map.of("realm", "b", "error", "invalid_token")));
    }

    @Test
    void severalHeadersAndEscapedQuotes() {
        assertThat(Challenge.parse(List.of("Negotiate YWJj==", "Basic realm=\"say \\\"hi\\\"\"")))
                .containsExactly(
                        new Challenge("negotiate", Map.of()), new Challenge("basic", Map.of("realm", "say \"hi\"")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer realm=\"open",
                "Bearer realm=\"a\" service=\"b\"",
                "Bearer realm=\"a\",realm=\"b\"",
                "=x",
                "Bearer realm=\"a\u0001b\"",
                "Basic realm=\"a\";b"
            })
    void malformedHeadersAreRefused(String header) {
        assertThatThrownBy(() -> parse(header))
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.INVALID));
    }

    @Test
    void headersWithoutEndAreRefused() {
        assertThatThrownBy(() -> parse("Bearer realm=\"" + "a".repeat(Challenge.LONGEST) + "\""))
                .isInstanceOf(DrayException.class);
        assertThatThrownBy(() -> parse("Basic,".repeat(Challenge.MOST + 1))).isInstanceOf(DrayException.class);
    }

    @Cases(200)
    void anyQuotedValueComesBack(Draw draw) {
        String scheme = draw.text(1, 20, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
        String realm = draw.text(0, 60, ' ', '~');
        String service = draw.text(0, 60, ' ', '~');
        String header = "%s realm=\"%s\", service=\"%s\"".formatted(scheme, escape(realm), escape(service));

        assertThat(parse(header)).singleElement().satisfies(challenge -> {
            assertThat(challenge.scheme()).isEqualToIgnoringCase(scheme);
            assertThat(challenge.parameter("realm")).contains(realm);
            assertThat(challenge.parameter("service")).contains(service);
        });
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    @FuzzTest(maxDuration = "10s")
    void foreignHeadersAreReadOrRefused(FuzzedDataProvider data) {
        try {
            List<Challenge> challenges = parse(data.consumeRemainingAsString());
            assertThat(challenges).hasSizeLessThanOrEqualTo(Challenge.MOST);
            assertThat(challenges)
                    .allSatisfy(challenge -> assertThat(challenge.parameters().values())
                            .noneMatch(value -> value.chars().anyMatch(Character::isISOControl)));
        } catch (DrayException e) {
            assertThat(e.kind()).isEqualTo(DrayException.Kind.INVALID);
        }
    }
}
