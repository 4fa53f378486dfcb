package dev.dray.registry.api;

import dev.dray.model.DrayException;
import dev.dray.registry.ErrorTopic;
import dev.dray.registry.RegistryException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The position of a chunk in an upload: `<first>-<last>`, both inclusive (OCI distribution-spec, "Pushing a blob in
/// chunks"). HTTP's form with a unit is accepted too.
record ContentRange(long first, long last) {
    private static final Pattern SYNTAX =
            Pattern.compile("(?:bytes[ =])?([0-9]{1,18})-([0-9]{1,18})(?:/(?:[0-9]{1,18}|\\*))?");

    /// @throws RegistryException of kind INVALID when the header is malformed
    static Optional<ContentRange> parse(Optional<String> header) {
        return header.map(text -> {
            Matcher matcher = SYNTAX.matcher(text.strip());
            if (matcher.matches()) {
                ContentRange range =
                        new ContentRange(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
                if (range.first <= range.last) {
                    return range;
                }
            }
            throw new RegistryException(
                    DrayException.Kind.INVALID, ErrorTopic.SIZE, "the Content-Range is not of the form first-last");
        });
    }

    long length() {
        return last - first + 1;
    }
}
