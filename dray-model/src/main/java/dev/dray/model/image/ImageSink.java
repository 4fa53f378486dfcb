package dev.dray.model.image;

import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.Tag;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/// A place that images go to: the counterpart of [ImageSource].
///
/// Thread safe. A walk asks [#missing] first and then puts blobs before the manifests that name them.
public interface ImageSink {
    /// Those of `blobs` that this place lacks.
    Set<Digest> missing(Collection<Descriptor> blobs) throws IOException;

    /// Takes a blob; its bytes are checked against the descriptor before they count.
    ///
    /// @throws DrayException of kind CORRUPT when the bytes are not what the descriptor says
    void putBlob(Descriptor descriptor, Content content) throws IOException;

    /// Takes a manifest whose blobs are there, and points `tag` at it when one is given.
    void putManifest(Manifest manifest, Optional<Tag> tag) throws IOException;
}
