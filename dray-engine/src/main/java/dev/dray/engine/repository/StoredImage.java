package dev.dray.engine.repository;

import dev.dray.model.Digest;
import dev.dray.model.Reference;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.Manifest;
import java.util.Optional;

/// An image of the store, found by a name or an ID.
///
/// @param repository with its host, as the store names it
/// @param tag the tag it was found by, or one that points at it; empty when none does
/// @param digest of the manifest, the name it has in the repository
public record StoredImage(RepositoryName repository, Optional<Tag> tag, Digest digest, Manifest manifest) {
    /// The name that reaches this image: by tag when it has one, otherwise by digest.
    public Reference reference() {
        String name = repository.value();
        int slash = name.indexOf('/');
        return new Reference(
                name.substring(0, slash),
                RepositoryName.parse(name.substring(slash + 1)),
                tag,
                tag.isPresent() ? Optional.empty() : Optional.of(digest));
    }

    /// The image's ID as Docker compares it: the digest of the config, or of the index for an index.
    public Digest id() {
        return switch (manifest) {
            case Manifest.Image image -> image.config().digest();
            case Manifest.Index _ -> digest;
        };
    }
}
