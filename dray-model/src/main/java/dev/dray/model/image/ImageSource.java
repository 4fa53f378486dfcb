package dev.dray.model.image;

import dev.dray.model.Content;
import java.io.IOException;

/// Provides images: one repository of a registry or a store, an OCI layout, an archive.
///
/// Thread safe. Every source feeds every [ImageSink].
public interface ImageSource {
    /// The manifest; if selected by digest, its bytes match that digest.
    ///
    /// @throws DrayException of kind NOT_FOUND when it is absent
    Manifest manifest(ManifestSelector selector) throws IOException;

    /// The content that a manifest of this source references.
    ///
    /// @throws DrayException of kind NOT_FOUND when it is absent
    Content blob(Descriptor descriptor) throws IOException;
}
