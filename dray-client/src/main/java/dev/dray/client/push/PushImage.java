package dev.dray.client.push;

import dev.dray.model.Tag;
import dev.dray.model.image.ImageSource;
import dev.dray.model.image.Manifest;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/// One image to push: its root, where its parts are read from, and the tags that it gets in the target.
///
/// @param root an image manifest, or an index that is pushed with all its children
/// @param source gives children by digest, and the content of every blob that the caller holds. A blob that it does
///     not have (NOT_FOUND) is neither linked from elsewhere nor uploaded: the push succeeds only when the target
///     repository has it
/// @param tags what the root is called in the target; none: it is pushed by digest only
public record PushImage(Manifest root, ImageSource source, Set<Tag> tags) {
    public PushImage {
        tags = Collections.unmodifiableSet(new LinkedHashSet<>(tags));
    }
}
