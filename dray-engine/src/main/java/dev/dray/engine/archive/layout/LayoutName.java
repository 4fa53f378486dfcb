package dev.dray.engine.archive.layout;

import dev.dray.model.DrayException;
import dev.dray.model.Tag;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// The name of an image in an OCI layout: `oci:DIR[:TAG]`.
public record LayoutName(Path folder, Optional<Tag> tag) {
    /// The prefix of such a name.
    public static final String PREFIX = "oci:";

    /// Reads `oci:DIR[:TAG]`. The part behind the last colon is the tag, unless it has a slash.
    ///
    /// @throws DrayException of kind INVALID when it is malformed
    public static LayoutName parse(String text) {
        if (!text.startsWith(PREFIX) || text.length() == PREFIX.length()) {
            throw new DrayException(
                    DrayException.Kind.INVALID,
                    "invalid layout name \"%s\": it is oci:DIR[:TAG]".formatted(TarIndex.shown(text)));
        }
        String location = text.substring(PREFIX.length());
        int colon = location.lastIndexOf(':');
        boolean tagged = colon > 0 && location.indexOf('/', colon) < 0;
        try {
            return new LayoutName(
                    Path.of(tagged ? location.substring(0, colon) : location),
                    tagged ? Optional.of(new Tag(location.substring(colon + 1))) : Optional.empty());
        } catch (InvalidPathException e) {
            throw new DrayException(
                    DrayException.Kind.INVALID, "invalid folder name in \"%s\"".formatted(TarIndex.shown(text)), e);
        }
    }

    @Override
    public String toString() {
        return PREFIX + folder + tag.map(name -> ":" + name).orElse("");
    }
}
