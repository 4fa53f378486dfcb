package dev.dray.model;

import java.util.regex.Pattern;

/// The path of a repository, `team-a/app`: components of lower-case letters and digits joined by `.`, `_`, `__` or
/// hyphens (OCI distribution-spec, "Pulling manifests"), 255 characters at most.
///
/// An engine's store names repositories with their host, `docker.io/library/ubuntu` or `localhost:5000/app`;
/// [#withHost] builds such a name. A registry accepts only names that [#parse] accepts, so a client can never address a
/// name with a port in it.
public record RepositoryName(String value) implements Comparable<RepositoryName> {
    private static final int LONGEST = 255;
    private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern ONE_COMPONENT = Pattern.compile(COMPONENT);
    private static final Pattern PATH = Pattern.compile(COMPONENT + "(?:/" + COMPONENT + ")*");
    private static final Pattern WITH_HOST =
            Pattern.compile(Reference.HOST + "/" + COMPONENT + "(?:/" + COMPONENT + ")*");

    /// @throws DrayException of kind INVALID when the name is neither a path nor a path after a host
    public RepositoryName {
        boolean fits = value.length() <= LONGEST
                ? PATH.matcher(value).matches() || WITH_HOST.matcher(value).matches()
                : value.length() <= 2 * LONGEST && WITH_HOST.matcher(value).matches();
        if (!fits) {
            throw invalid(value);
        }
    }

    /// Parses a repository path without a host.
    ///
    /// @throws DrayException of kind INVALID when it is malformed
    public static RepositoryName parse(String text) {
        if (text.length() > LONGEST || !PATH.matcher(text).matches()) {
            throw invalid(text);
        }
        return new RepositoryName(text);
    }

    /// True when `text` is a repository path.
    public static boolean isValid(String text) {
        return text.length() <= LONGEST && PATH.matcher(text).matches();
    }

    /// True when `text` is a valid component of a path.
    static boolean isComponent(String text) {
        return ONE_COMPONENT.matcher(text).matches();
    }

    /// This path after a host, as an engine's store names it.
    public RepositoryName withHost(String host) {
        return new RepositoryName(host + "/" + value);
    }

    private static DrayException invalid(String text) {
        return new DrayException(
                DrayException.Kind.INVALID,
                "invalid repository name \"" + Quote.shorten(text)
                        + "\": lower-case letters and digits, joined by '.', '_', '-' and '/'");
    }

    @Override
    public int compareTo(RepositoryName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
