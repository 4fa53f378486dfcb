package dev.dray.engine.archive.layout;

import dev.dray.model.DrayException;
import dev.dray.model.Tag;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// What people write for an image in an OCI layout: `oci:DIR[:TAG]`.
public record LayoutName(Path folder, Optional<Tag> tag) {
    /// What such a name begins with.
    public static final String PREFIX = "oci:";

    /// Reads `oci:DIR[:TAG]`. What follows the last colon is the tag, unless there is a slash in it.
    ///
    /// @throws DrayException of kind INVALID when it is malformed
    public static LayoutName parse(String text) {
        if (!text.startsWith(PREFIX) || text.length() == PREFIX.length()) {
            throw new DrayException(
                    DrayException.Kind.INVALID,
                    "invalid layout name \"%s\": it is oci:DIR[:TAG]".formatted(TarIndex.shown(text)));
        }
        String place = text.substring(PREFIX.length());
        int colon = place.lastIndexOf(':');
        boolean tagged = colon > 0 && place.indexOf('/', colon) < 0;
        try {
            return new LayoutName(
                    Path.of(tagged ? place.substring(0, colon) : place),
                    tagged ? Optional.of(new Tag(place.substring(colon + 1))) : Optional.empty());
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
