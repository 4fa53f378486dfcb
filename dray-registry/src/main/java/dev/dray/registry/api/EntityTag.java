package dev.dray.registry.api;

import dev.dray.model.Digest;
import java.util.Arrays;
import java.util.Optional;

/// A digest as an HTTP entity tag (RFC 9110, section 8.8.3).
record EntityTag(Digest digest) {
    static EntityTag of(Digest digest) {
        return new EntityTag(digest);
    }

    /// True when an `If-None-Match` header lists this tag, or `*`.
    boolean matches(Optional<String> header) {
        return header.stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .anyMatch(tag -> tag.equals("*") || tag.equals(toString()) || tag.equals("W/" + this));
    }

    @Override
    public String toString() {
        return "\"" + digest + "\"";
    }
}
