package dev.dray.engine.policy;

import dev.dray.model.ComponentPattern;
import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import dev.dray.model.RepositoryName;
import java.util.List;
import java.util.regex.Pattern;

/// Names repositories of the store by their full names, in which `*` stands for one component and `**` for any number
/// of them, none included: `docker.io/library/*`, `localhost:5000/team/**`, `**/app`.
///
/// A name without a host means Docker Hub's, as it does everywhere: `debian` is `docker.io/library/debian`, `team/*` is
/// `docker.io/team/*`. A pattern that begins with a wild card means every host.
public record RepositoryPattern(String text) {
    private static final int LONGEST = 512;
    private static final Pattern COMPONENT = Pattern.compile(
            "\\*\\*?|[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?(?::[0-9]{1,5})?|\\[[0-9a-fA-F:.]+](?::[0-9]{1,5})?");

    /// @throws DrayException of kind INVALID when a component is neither a name nor a whole wild card
    public RepositoryPattern {
        if (text.length() > LONGEST
                || !ComponentPattern.of(text).components().stream()
                        .allMatch(part -> COMPONENT.matcher(part).matches())) {
            throw new DrayException(
                    DrayException.Kind.INVALID,
                    "invalid pattern of repositories: names of components, \"*\" for any one, \"**\" for any number");
        }
    }

    /// Reads what a person typed.
    ///
    /// @throws DrayException of kind INVALID when a component is neither a name nor a whole wild card
    public static RepositoryPattern parse(String text) {
        List<String> parts = ComponentPattern.of(text).components();
        String first = parts.getFirst();
        if (first.startsWith(ComponentPattern.ONE) || Reference.isHost(first)) {
            return new RepositoryPattern(text);
        }
        return new RepositoryPattern((parts.size() == 1 ? "docker.io/library/" : "docker.io/") + text);
    }

    /// True when the pattern names `repository`.
    public boolean matches(RepositoryName repository) {
        return ComponentPattern.of(text).matches(repository);
    }

    @Override
    public String toString() {
        return text;
    }
}
