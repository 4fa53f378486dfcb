package dev.dray.registry;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.ManifestSelector;
import dev.dray.model.image.MediaType;
import dev.dray.registry.access.Caller;
import java.util.List;
import java.util.Optional;

/// A change in a repository, or a denied request, and the caller responsible.
public sealed interface RegistryEvent {
    Caller caller();

    RepositoryName repository();

    /// A blob was uploaded and linked.
    ///
    /// @param size its length in bytes
    record BlobUploaded(Caller caller, RepositoryName repository, Digest digest, long size) implements RegistryEvent {}

    /// A blob was linked without an upload.
    ///
    /// @param source the repository whose pull right was used
    /// @param size its length in bytes
    record BlobMounted(Caller caller, RepositoryName repository, Digest digest, RepositoryName source, long size)
            implements RegistryEvent {}

    /// The registry answered a mount request with an upload session.
    ///
    /// @param source the repository named by the client, if any
    record MountDeclined(Caller caller, RepositoryName repository, Digest digest, Optional<RepositoryName> source)
            implements RegistryEvent {}

    /// A blob was unlinked.
    record BlobDeleted(Caller caller, RepositoryName repository, Digest digest) implements RegistryEvent {}

    /// A manifest was stored.
    ///
    /// @param tags the tags that the client asked to point to it
    record ManifestPut(Caller caller, RepositoryName repository, Digest digest, MediaType mediaType, List<Tag> tags)
            implements RegistryEvent {}

    /// A manifest was refused because its repository lacks content that it references.
    record ManifestIncomplete(Caller caller, RepositoryName repository, List<Digest> missing)
            implements RegistryEvent {}

    /// A tag was deleted, or a manifest with all its tags.
    record ManifestDeleted(Caller caller, RepositoryName repository, ManifestSelector selector)
            implements RegistryEvent {}

    /// The caller lacked the right for the request.
    record Denied(Caller caller, RepositoryName repository) implements RegistryEvent {}
}
