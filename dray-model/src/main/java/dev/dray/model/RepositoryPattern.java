package dev.dray.model;

import java.util.List;
import java.util.Locale;

/// Selects repositories by a path in which `*` matches one component and `**` any number of components, including none:
/// `team-a/**` matches `team-a` and everything below it.
///
/// In an engine's store, whose repositories are named with their host, the first component is a host or a wild card:
/// `docker.io/library/*`, `localhost:5000/**`, `**/app`.
///
/// @param text components and slashes. [#parse] accepts only text that can match a repository; the constructor checks
///     nothing, for text that is already stored
public record RepositoryPattern(String text) {
    private static final String ONE = "*";
    private static final String ANY = "**";
    private static final int LONGEST = 512;

    /// Parses a pattern.
    ///
    /// @throws DrayException of kind INVALID when a component is neither a name nor a whole wild card
    public static RepositoryPattern parse(String text) {
        RepositoryPattern pattern = new RepositoryPattern(text);
        List<String> parts = pattern.components();
        int first = pattern.mayHoldHost() ? pattern.leadingAny() : -1;
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            boolean fits = part.equals(ONE)
                    || part.equals(ANY)
                    || RepositoryName.isComponent(part)
                    || (i == first && Reference.isHostSyntax(part));
            if (!fits) {
                throw invalid(text, "\"%s\" is no component of a repository's name".formatted(Quote.shorten(part)))
                        .advising(advice(part));
            }
        }
        if (text.length() > LONGEST) {
            throw invalid(text, "it is longer than %d characters".formatted(LONGEST));
        }
        return pattern;
    }

    /// Parses a pattern for an engine's store. Without a host it means Docker Hub's repositories: `debian` is
    /// `docker.io/library/debian`, `team/*` is `docker.io/team/*`. A wild card in front means every host.
    ///
    /// @throws DrayException of kind INVALID when a component is neither a name nor a whole wild card
    public static RepositoryPattern parseFamiliar(String text) {
        List<String> parts = new RepositoryPattern(text).components();
        String first = parts.getFirst();
        if (first.startsWith(ONE) || Reference.isHost(first)) {
            return parse(text);
        }
        return parse(Reference.DOCKER_HUB + (parts.size() == 1 ? "/library/" : "/") + text);
    }

    private List<String> components() {
        return List.of(text.split("/", -1));
    }

    /// A host alone is not a repository.
    private boolean mayHoldHost() {
        return leadingAny() < components().size() - 1;
    }

    private int leadingAny() {
        return (int) components().stream().takeWhile(ANY::equals).count();
    }

    /// True when the pattern matches `repository`. Takes time proportional to the product of both lengths at most.
    public boolean matches(RepositoryName repository) {
        String[] names = repository.value().split("/", -1);
        boolean[] matched = new boolean[names.length + 1];
        matched[0] = true;
        for (String component : components()) {
            matched = advance(matched, component, names);
        }
        return matched[names.length];
    }

    /// Advances from the prefixes of `names` matched so far to those matched with one more component.
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

    private static String advice(String part) {
        String lower = part.toLowerCase(Locale.ROOT);
        return RepositoryName.isComponent(lower)
                ? "write \"%s\": names of repositories are lower case".formatted(Quote.shorten(lower))
                : "write lower-case letters and digits, joined by '.', '_' and '-', \"*\" for any one component,"
                        + " \"**\" for any number of them";
    }

    private static DrayException invalid(String text, String why) {
        return new DrayException(
                DrayException.Kind.INVALID,
                "invalid repository pattern \"%s\": %s".formatted(Quote.shorten(text), why));
    }

    @Override
    public String toString() {
        return text;
    }
}
