package dev.dray.registry.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import dev.dray.model.RepositoryPattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessRulesTest {
    private static final Caller ANN = Caller.user("ann");
    private static final Caller BOB = Caller.user("bob");

    private static final AccessRules RULES = AccessRules.parse("""
        groups:
          operators: [bob, carol]
        rules:
          - {repositories: "team-a/**", users: [ann], actions: [pull, push]}
          - repositories: ["*/public", library]
            anyone: true
            actions: pull
          - {repositories: "**", groups: [operators], actions: [delete]}
        """);

    private static boolean may(Caller caller, String repository, Action action) {
        return RULES.may(caller, RepositoryName.parse(repository), action);
    }

    @Test
    void whatNoRuleAllowsIsNotAllowed() {
        assertThat(may(ANN, "team-b/app", Action.PULL)).isFalse();
        assertThat(may(ANN, "team-a/app", Action.DELETE)).isFalse();
        assertThat(may(Caller.ANONYMOUS, "team-a/app", Action.PULL)).isFalse();
        assertThat(AccessRules.parse("rules: []").may(ANN, RepositoryName.parse("a"), Action.PULL))
                .isFalse();
    }

    @Test
    void doubleStarIncludesTheFolderItself() {
        assertThat(may(ANN, "team-a", Action.PUSH)).isTrue();
        assertThat(may(ANN, "team-a/x/y", Action.PUSH)).isTrue();
        assertThat(may(ANN, "team-ab", Action.PUSH)).isFalse();
    }

    @Test
    void ruleForAnyoneHoldsForUsersToo() {
        assertThat(may(Caller.ANONYMOUS, "team-b/public", Action.PULL)).isTrue();
        assertThat(may(BOB, "team-b/public", Action.PULL)).isTrue();
        assertThat(may(Caller.ANONYMOUS, "team-b/public", Action.PUSH)).isFalse();
        assertThat(RULES.admitsAnonymous()).isTrue();
    }

    @Test
    void groupsOfTheFileAndThoseOfTheProofBothCount() {
        assertThat(may(BOB, "anything", Action.DELETE)).isTrue();
        assertThat(may(new Caller.User("dora", java.util.Set.of("operators")), "anything", Action.DELETE))
                .isTrue();
        assertThat(may(ANN, "anything", Action.DELETE)).isFalse();
    }

    @Test
    void actionsDoNotImplyEachOther() {
        assertThat(may(BOB, "anything", Action.PULL)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "a/*, a/b, true",
        "a/*, a, false",
        "a/*, a/b/c, false",
        "**/cache, cache, true",
        "**/cache, a/b/cache, true",
        "**/cache, a/cache/b, false",
        "a/**/z, a/z, true",
        "a/**/z, a/b/c/z, true",
        "**, a, true",
        "a, a/b, false",
    })
    void patternsMatchByComponents(String pattern, String repository, boolean expected) {
        assertThat(RepositoryPattern.parse(pattern).matches(RepositoryName.parse(repository)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rules: [{repositories: a, users: [b], action: [pull]}]|line 1: unknown key \"action\", did you mean"
                        + " \"actions\"?",
                "rules: [{repositories: a, users: [b], actions: [pul]}]|\"pul\" is not an action, did you mean"
                        + " \"pull\"?",
                "rule: []|unknown key \"rule\", did you mean \"rules\"?",
                "rules: [{repositories: a, actions: [pull]}]|the rule is for nobody",
                "rules: [{users: [a], actions: [pull]}]|the rule has no \"repositories\"",
                "rules: [{repositories: a, users: [b]}]|the rule has no \"actions\"",
                "rules: [{repositories: team-*, users: [b], actions: [pull]}]|invalid repository pattern \"team-*\"",
                "rules: [{repositories: A, users: [b], actions: [pull]}]|invalid repository pattern \"A\"",
                "rules: [{repositories: a, groups: [g], actions: [pull]}]|there is no group \"g\"",
                "rules: [{repositories: a, anyone: yes, actions: [pull]}]|\"anyone\" is neither true nor false",
                "rules: [{repositories: a, users: [b], users: [c], actions: [pull]}]|\"users\" is there twice",
                "rules: [{repositories: a, users: &x [b], groups: *x, actions: [pull]}]|aliases are not understood",
                "rules: [{repositories: a, users: [], actions: [pull]}]|\"users\" is empty",
                "rules: {}|\"rules\" is not a list",
                "[]|the file is not a mapping",
                "rules: [|line 1",
                "groups: {}|\"rules\" is missing",
            })
    void whatIsNotUnderstoodIsAnError(String yaml, String message) {
        assertThatThrownBy(() -> AccessRules.parse(yaml))
                .isInstanceOf(DrayException.class)
                .hasMessageContaining(message);
    }

    @Test
    void errorNamesTheLine() {
        assertThatThrownBy(() -> AccessRules.parse("rules:\n  - repositories: a\n    usr: [b]\n    actions: [pull]\n"))
                .hasMessage("line 3: unknown key \"usr\", did you mean \"users\"?");
    }

    @Test
    void deepNestingIsRefused() {
        assertThatThrownBy(() -> AccessRules.parse("[".repeat(100_000)))
                .isInstanceOf(DrayException.class)
                .hasMessageContaining("nested deeper");
    }
}
