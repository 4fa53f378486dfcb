package dev.dray.registry.access;

import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import java.util.List;
import java.util.regex.Pattern;

/// Names repositories by a path in which `*` stands for one component and `**` for any number of them,
/// none included: `team-a/**` is `team-a` and all below it. For the images of an engine's store, which are named with
/// their host, the first component may be one with a port: `localhost:5000/**`.
public record RepositoryPattern(List<String> components) {
    private static final String ONE = "*";
    private static final String ANY = "**";
    private static final int LONGEST = 255;
    private static final Pattern COMPONENT = Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*");

    private static final Pattern HOST =
            Pattern.compile("(?:[A-Za-z0-9][A-Za-z0-9.-]*|\\[[0-9a-fA-F:.]+\\])(?::[0-9]{1,5})?");

    public RepositoryPattern {
        components = List.copyOf(components);
    }

    /// @throws DrayException of kind INVALID when a component is neither a name nor a whole wild card
    public static RepositoryPattern parse(String text) {
        List<String> components = List.of(text.split("/", -1));
        boolean host =
                components.size() > 1 && HOST.matcher(components.getFirst()).matches();
        if (text.length() > LONGEST
                || !components.stream().skip(host ? 1 : 0).allMatch(RepositoryPattern::isComponent)) {
            throw new DrayException(
                    DrayException.Kind.INVALID,
                    "invalid repository pattern \"" + Text.quote(text)
                            + "\": names of components, \"*\" for any one, \"**\" for any number of them");
        }
        return new RepositoryPattern(components);
    }

    private static boolean isComponent(String text) {
        return text.equals(ONE) || text.equals(ANY) || COMPONENT.matcher(text).matches();
    }

    /// True when the pattern names `repository`. Takes time in proportion to the product of both lengths at
    /// most.
    public boolean matches(RepositoryName repository) {
        String[] names = repository.value().split("/", -1);
        boolean[] matched = new boolean[names.length + 1];
        matched[0] = true;
        for (String component : components) {
            matched = advance(matched, component, names);
        }
        return matched[names.length];
    }

    /// From the prefixes of `names` that the pattern matched so far to those that it matches with one
    /// component more.
    private static boolean[] advance(boolean[] matched, String component, String[] names) {
        boolean[] next = new boolean[matched.length];
        boolean any = component.equals(ANY);
        next[0] = any && matched[0];
        for (int length = 1; length < matched.length; length++) {
            next[length] = any
                    ? matched[length] || next[length - 1]
                    : matched[length - 1] && (component.equals(ONE) || component.equals(names[length - 1]));
        }
        return next;
    }

    @Override
    public String toString() {
        return String.join("/", components);
    }
}
