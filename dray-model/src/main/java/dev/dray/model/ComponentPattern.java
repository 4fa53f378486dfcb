package dev.dray.model;

import java.util.List;

/// A path of components, among them wild cards, that names repositories. What a component may be is for the syntax to
/// say that it is written in.
public record ComponentPattern(List<String> components) {
    /// Stands for one component.
    public static final String ONE = "*";

    /// Stands for any number of components, none included.
    public static final String ANY = "**";

    public ComponentPattern {
        components = List.copyOf(components);
    }

    /// The components of a path that is written with slashes; nothing is checked.
    public static ComponentPattern of(String text) {
        return new ComponentPattern(List.of(text.split("/", -1)));
    }

    /// True when the pattern names `repository`. Takes time in proportion to the product of both lengths at most.
    public boolean matches(RepositoryName repository) {
        String[] names = repository.value().split("/", -1);
        boolean[] matched = new boolean[names.length + 1];
        matched[0] = true;
        for (String component : components) {
            matched = advance(matched, component, names);
        }
        return matched[names.length];
    }

    /// From the prefixes of `names` that the pattern matched so far to those that it matches with one component more.
    private static boolean[] advance(boolean[] matched, String component, String... names) {
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
