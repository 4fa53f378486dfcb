package dev.dray.registry.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.RepositoryName;
import dev.dray.model.RepositoryPattern;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AccessPropertiesTest {
    @Provide
    Arbitrary<List<String>> patterns() {
        return Arbitraries.of("a", "b", "*", "**").list().ofMinSize(1).ofMaxSize(5);
    }

    @Provide
    Arbitrary<List<String>> names() {
        return Arbitraries.of("a", "b").list().ofMinSize(1).ofMaxSize(6);
    }

    @Property
    void patternMatchesWhatTheSameRegularExpressionMatches(
            @ForAll("patterns") List<String> pattern, @ForAll("names") List<String> name) {
        String expression = pattern.stream()
                .map(component -> switch (component) {
                    case "*" -> "[^/]+/";
                    case "**" -> "(?:[^/]+/)*";
                    default -> Pattern.quote(component + "/");
                })
                .collect(Collectors.joining());
        String path = String.join("/", name);
        assertThat(RepositoryPattern.parse(String.join("/", pattern)).matches(RepositoryName.parse(path)))
                .isEqualTo(Pattern.matches(expression, path + "/"));
    }
}
