package dev.dray.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryPatternTest {
    @ParameterizedTest
    @CsvSource({
        "team/app, team/app, true",
        "team/app, team/apps, false",
        "team/*, team/app, true",
        "team/*, team, false",
        "team/*, team/a/b, false",
        "team/**, team, true",
        "team/**, team/a/b, true",
        "**/app, app, true",
        "**/app, a/b/app, true",
        "**/app, a/app/b, false",
        "a/**/b/*, a/x/b/y/b/z, true",
        "**, anything/at/all, true"
    })
    void wildCardsStandForOneComponentOrForAnyNumber(String pattern, String repository, boolean matches) {
        assertThat(RepositoryPattern.parse(pattern).matches(RepositoryName.parse(repository)))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:5000/**", "[::1]:5000/team/*", "Team/app", "**/Team/app", "docker.io/a__b/c-d"})
    void firstComponentOfSeveralMayBeAHost(String pattern) {
        assertThat(RepositoryPattern.parse(pattern)).hasToString(pattern);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "a//b", "Team", "**/Team", "docker.io/Team/x", "localhost:5000/a..b/**", "a..b/x", "***"
            })
    void patternThatNoRepositoryCanMatchIsInvalid(String pattern) {
        assertThatThrownBy(() -> RepositoryPattern.parse(pattern))
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.INVALID));
    }

    @Test
    void adviceForUpperCaseIsTheLowerCaseName() {
        assertThatThrownBy(() -> RepositoryPattern.parseFamiliar("localhost:5000/Team/**"))
                .isInstanceOfSatisfying(
                        DrayException.class,
                        e -> assertThat(e.advice())
                                .hasValueSatisfying(advice -> assertThat(advice).contains("\"team\"", "lower case")));
    }

    @Test
    void storedPatternThatIsRefusedTodayMatchesNothing() {
        assertThat(new RepositoryPattern("docker.io/Team/x").matches(new RepositoryName("docker.io/team/x")))
                .isFalse();
    }
}
