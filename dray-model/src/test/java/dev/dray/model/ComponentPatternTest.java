package dev.dray.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComponentPatternTest {
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
        assertThat(ComponentPattern.of(pattern).matches(RepositoryName.parse(repository)))
                .isEqualTo(matches);
    }
}
