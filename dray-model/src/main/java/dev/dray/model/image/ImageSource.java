package dev.dray.model.image;

import dev.dray.model.Content;
import java.io.IOException;

/// A place that images come from: one repository of a registry or a store, an OCI layout, an archive.
///
/// Thread safe. Every source feeds every [ImageSink].
public interface ImageSource {
    /// The manifest, its bytes checked against the digest where one was asked for.
    ///
    /// @throws DrayException of kind NOT_FOUND when it is not there
    Manifest manifest(ManifestSelector selector) throws IOException;

    /// The content that a manifest of this place names.
    ///
    /// @throws DrayException of kind NOT_FOUND when it is not there
    Content blob(Descriptor descriptor) throws IOException;
}
