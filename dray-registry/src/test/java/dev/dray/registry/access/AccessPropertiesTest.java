package dev.dray.registry.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.RepositoryName;
import dev.dray.model.RepositoryPattern;
import dev.dray.seeds.Cases;
import dev.dray.seeds.Draw;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

class AccessPropertiesTest {
    @Cases
    void patternMatchesWhatTheSameRegularExpressionMatches(Draw draw) {
        List<String> pattern = draw.list(1, 5, () -> draw.oneOf("a", "b", "*", "**"));
        List<String> name = draw.list(1, 6, () -> draw.oneOf("a", "b"));
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
