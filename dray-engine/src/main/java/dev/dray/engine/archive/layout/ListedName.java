package dev.dray.engine.archive.layout;

import dev.dray.model.Reference;
import dev.dray.model.Tag;
import java.util.Optional;

/// The name by which a layout or an archive lists an image.
///
/// @param tag for readers of OCI layouts
/// @param whole with its repository, when that is known
public record ListedName(Tag tag, Optional<Reference> whole) {
    public static ListedName of(Reference reference) {
        Tag tag = reference.tag().orElse(Tag.LATEST);
        return new ListedName(tag, Optional.of(reference.withTag(tag)));
    }

    public static ListedName of(Tag tag) {
        return new ListedName(tag, Optional.empty());
    }
}
