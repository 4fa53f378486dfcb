package dev.dray.engine.archive.layout;

import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.Tag;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ImageSink;
import dev.dray.model.image.Manifest;
import java.io.IOException;
import java.util.Optional;

/// A layout or an archive that is being written: blobs and manifests are put into it, and some of the manifests are
/// listed by name.
///
/// Images appear with [#finish]. Closing without it leaves the target as it was. Thread safe.
public interface ImageWriter extends ImageSink, AutoCloseable {
    /// Lists a manifest that was put.
    ///
    /// @param digest that it was put under
    /// @param name the same manifest may be listed again with another one
    void list(Manifest manifest, Digest digest, Optional<ListedName> name) throws IOException;

    /// Writes the list; what was put is durable on return.
    void finish() throws IOException;

    /// Puts a manifest under a digest of it.
    default void putManifest(Manifest manifest, Digest digest) throws IOException {
        Descriptor descriptor =
                Descriptor.of(manifest.mediaType(), digest, manifest.raw().size());
        putBlob(descriptor, Content.of(manifest.raw(), digest));
    }

    @Override
    default void putManifest(Manifest manifest, Optional<Tag> tag) throws IOException {
        Digest digest = manifest.raw().sha256();
        putManifest(manifest, digest);
        if (tag.isPresent()) {
            list(manifest, digest, tag.map(ListedName::of));
        }
    }

    @Override
    void close() throws IOException;
}
