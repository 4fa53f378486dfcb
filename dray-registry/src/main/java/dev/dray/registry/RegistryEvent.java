package dev.dray.registry;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.ManifestSelector;
import dev.dray.model.image.MediaType;
import dev.dray.registry.access.Caller;
import java.util.List;
import java.util.Optional;

/// Something that happened in a repository, and at whose wish.
public sealed interface RegistryEvent {
    Caller caller();

    RepositoryName repository();

    /// A blob was sent and is linked now.
    ///
    /// @param size its length in bytes
    record BlobUploaded(Caller caller, RepositoryName repository, Digest digest, long size) implements RegistryEvent {}

    /// A blob was linked without being sent.
    ///
    /// @param source the repository whose right to pull was used
    /// @param size its length in bytes
    record BlobMounted(Caller caller, RepositoryName repository, Digest digest, RepositoryName source, long size)
            implements RegistryEvent {}

    /// A mount was answered with an upload session.
    ///
    /// @param source as the client named it, when it named a repository
    record MountDeclined(Caller caller, RepositoryName repository, Digest digest, Optional<RepositoryName> source)
            implements RegistryEvent {}

    /// A blob is no longer linked.
    record BlobDeleted(Caller caller, RepositoryName repository, Digest digest) implements RegistryEvent {}

    /// A manifest was stored.
    ///
    /// @param tags those that point to it now at the client's wish
    record ManifestPut(Caller caller, RepositoryName repository, Digest digest, MediaType mediaType, List<Tag> tags)
            implements RegistryEvent {}

    /// A manifest was refused because its repository lacks what it names.
    record ManifestIncomplete(Caller caller, RepositoryName repository, List<Digest> missing)
            implements RegistryEvent {}

    /// A tag, or a manifest and all its tags, was removed.
    record ManifestDeleted(Caller caller, RepositoryName repository, ManifestSelector selector)
            implements RegistryEvent {}

    /// The caller lacked a right for what he asked.
    record Denied(Caller caller, RepositoryName repository) implements RegistryEvent {}
}
