package dev.dray.model.image;

import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.Tag;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/// Receives images: the counterpart of [ImageSource].
///
/// Thread safe. A transfer calls [#missing] first, and then puts blobs before the manifests that reference them.
public interface ImageSink {
    /// Those of `blobs` that this sink lacks.
    Set<Digest> missing(Collection<Descriptor> blobs) throws IOException;

    /// Stores a blob, after verifying its bytes against the descriptor.
    ///
    /// @throws DrayException of kind CORRUPT when the bytes do not match
    void putBlob(Descriptor descriptor, Content content) throws IOException;

    /// Stores a manifest whose blobs are there, and points `tag` at it, if given.
    void putManifest(Manifest manifest, Optional<Tag> tag) throws IOException;
}
