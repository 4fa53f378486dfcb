package dev.dray.registry.access;

import dev.dray.model.ComponentPattern;
import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import java.util.List;
import java.util.regex.Pattern;

/// Names repositories by a path in which `*` stands for one component and `**` for any number of them,
/// none included: `team-a/**` is `team-a` and all below it. For the images of an engine's store, which are named with
/// their host, the first component may be one with a port: `localhost:5000/**`.
public record RepositoryPattern(ComponentPattern path) {
    private static final int LONGEST = 255;
    private static final Pattern COMPONENT = Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*");

    private static final Pattern HOST =
            Pattern.compile("(?:[A-Za-z0-9][A-Za-z0-9.-]*|\\[[0-9a-fA-F:.]+\\])(?::[0-9]{1,5})?");

    /// @throws DrayException of kind INVALID when a component is neither a name nor a whole wild card
    public static RepositoryPattern parse(String text) {
        ComponentPattern path = ComponentPattern.of(text);
        List<String> components = path.components();
        boolean host =
                components.size() > 1 && HOST.matcher(components.getFirst()).matches();
        if (text.length() > LONGEST
                || !components.stream().skip(host ? 1 : 0).allMatch(RepositoryPattern::isComponent)) {
            throw new DrayException(
                    DrayException.Kind.INVALID,
                    "invalid repository pattern \"" + Text.quote(text)
                            + "\": names of components, \"*\" for any one, \"**\" for any number of them");
        }
        return new RepositoryPattern(path);
    }

    private static boolean isComponent(String text) {
        return text.equals(ComponentPattern.ONE)
                || text.equals(ComponentPattern.ANY)
                || COMPONENT.matcher(text).matches();
    }

    /// True when the pattern names `repository`.
    public boolean matches(RepositoryName repository) {
        return path.matches(repository);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
