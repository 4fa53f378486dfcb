package dev.dray.model;

import java.util.regex.Pattern;

/// A movable name of a manifest within a repository: at most 128 word characters, dots and hyphens
/// (OCI distribution-spec, "Pulling manifests").
public record Tag(String value) implements Comparable<Tag> {
    // Before the constants, whose construction needs it.
    private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

    public static final Tag LATEST = new Tag("latest");

    /// @throws DrayException of kind INVALID when the tag is malformed
    public Tag {
        if (!SYNTAX.matcher(value).matches()) {
            throw new DrayException(
                    DrayException.Kind.INVALID,
                    "invalid tag \"" + Quote.shorten(value)
                            + "\": up to 128 letters, digits, '_', '.' and '-', not starting with '.' or '-'");
        }
    }

    @Override
    public int compareTo(Tag other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
