package dev.dray.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.ByteSize;
import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import dev.dray.model.RepositoryPattern;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerPolicyTest {
    private static final LayerPolicy NONE = new LayerPolicy(List.of(), StorageForm.RECIPE);
    private static final RepositoryName DEBIAN = new RepositoryName("docker.io/library/debian");
    private static final RepositoryName TEAM = new RepositoryName("localhost:5000/team/app");

    private static PolicyRule rule(String pattern, long smallest, StorageForm keep) {
        return new PolicyRule(RepositoryPattern.parseFamiliar(pattern), ByteSize.ofBytes(smallest), keep);
    }

    @ParameterizedTest
    @CsvSource({
        "debian, docker.io/library/debian, true",
        "debian, docker.io/library/debian-slim, false",
        "team/*, docker.io/team/app, true",
        "team/*, docker.io/team/app/deep, false",
        "team/**, docker.io/team/app/deep, true",
        "localhost:5000/**, localhost:5000/team/app, true",
        "localhost:5000/**, localhost:5001/team/app, false",
        "**/app, localhost:5000/team/app, true",
        "*/team/app, localhost:5000/team/app, true",
        "**, localhost:5000/team/app, true"
    })
    void patternsNameRepositories(String pattern, String repository, boolean named) {
        assertThat(RepositoryPattern.parseFamiliar(pattern).matches(new RepositoryName(repository)))
                .isEqualTo(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "a//b", "te*m/app", "***", "a b"})
    void malformedPatternsAreInvalid(String pattern) {
        assertThatThrownBy(() -> RepositoryPattern.parseFamiliar(pattern))
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.INVALID));
    }

    @Test
    void firstRuleThatFitsHoldsAndElseTheUsual() {
        LayerPolicy policy = NONE.with(rule("localhost:5000/**", 0, StorageForm.BOTH), false)
                .with(rule("**", 1000, StorageForm.BLOB), false);

        assertThat(policy.of(TEAM, 5000)).isEqualTo(StorageForm.BOTH);
        assertThat(policy.of(DEBIAN, 5000)).isEqualTo(StorageForm.BLOB);
        assertThat(policy.of(DEBIAN, 999)).isEqualTo(StorageForm.RECIPE);
    }

    @Test
    void mostGenerousOfAllRepositoriesWins() {
        LayerPolicy policy = NONE.with(rule("debian", 0, StorageForm.BLOB), false);

        assertThat(policy.of(List.of(TEAM, DEBIAN), 10)).isEqualTo(StorageForm.BLOB);
        assertThat(policy.of(List.of(TEAM), 10)).isEqualTo(StorageForm.RECIPE);
    }

    @Test
    void ruleOfTheSamePatternAndSizeIsReplacedInItsPlace() {
        LayerPolicy policy = NONE.with(rule("debian", 0, StorageForm.BLOB), false)
                .with(rule("**", 0, StorageForm.BOTH), false)
                .with(rule("debian", 0, StorageForm.RECIPE), false);

        assertThat(policy.rules())
                .containsExactly(rule("debian", 0, StorageForm.RECIPE), rule("**", 0, StorageForm.BOTH));
    }

    @Test
    void ruleForLargerBlobsComesBeforeTheOneForSmallerOfTheSamePattern() {
        LayerPolicy policy =
                NONE.with(rule("**", 0, StorageForm.BLOB), false).with(rule("**", 1000, StorageForm.RECIPE), false);

        assertThat(policy.of(TEAM, 1000)).isEqualTo(StorageForm.RECIPE);
        assertThat(policy.of(TEAM, 999)).isEqualTo(StorageForm.BLOB);
    }

    @Test
    void ruleCanBePutFirstAndTakenAway() {
        LayerPolicy policy =
                NONE.with(rule("**", 0, StorageForm.BOTH), false).with(rule("debian", 0, StorageForm.BLOB), true);

        assertThat(policy.of(DEBIAN, 0)).isEqualTo(StorageForm.BLOB);
        assertThat(policy.without(RepositoryPattern.parseFamiliar("debian")).of(DEBIAN, 0))
                .isEqualTo(StorageForm.BOTH);
    }
}
