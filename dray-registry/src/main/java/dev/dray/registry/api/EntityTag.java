package dev.dray.registry.api;

import dev.dray.model.Digest;
import java.util.Arrays;
import java.util.Optional;

/// The digest as HTTP's validator of content (RFC 9110, section 8.8.3).
record EntityTag(Digest digest) {
    static EntityTag of(Digest digest) {
        return new EntityTag(digest);
    }

    /// True when an `If-None-Match` header names this content, or any.
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
