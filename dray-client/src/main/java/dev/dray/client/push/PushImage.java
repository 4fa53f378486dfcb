package dev.dray.client.push;

import dev.dray.model.Tag;
import dev.dray.model.image.ImageSource;
import dev.dray.model.image.Manifest;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/// One image to push: its root, the source of its parts, and its tags in the target.
///
/// @param root an image manifest, or an index that is pushed with all its children
/// @param source provides children by digest, and the content of every blob that the caller holds. A blob that it lacks
///     (NOT_FOUND) is neither mounted nor uploaded: the push succeeds only when the target repository has it
/// @param tags of the root in the target; without any it is pushed by digest only
public record PushImage(Manifest root, ImageSource source, Set<Tag> tags) {
    public PushImage {
        tags = Collections.unmodifiableSet(new LinkedHashSet<>(tags));
    }
}
