package dev.dray.client.push;

import dev.dray.client.transfer.BlobFate;
import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;

/// The target repository of a push, reduced to the operations that a push needs. Thread safe.
public interface PushTarget {
    /// Authenticates, and obtains the right to push here and to pull from as many of `sources` as the registry
    /// grants. Called once, before all other methods.
    void prepare(Collection<RepositoryName> sources);

    /// The digest of a manifest; empty when it is absent. One request.
    Optional<Digest> find(ManifestSelector selector) throws IOException;

    /// True when this repository has the blob. One request.
    boolean has(Descriptor blob);

    /// Mounts the blob from another repository of the host, or uploads it when the registry declines.
    ///
    /// @param from the source of the mount; if empty, the blob is uploaded at once
    BlobFate send(Descriptor blob, Content content, Optional<RepositoryName> from);

    /// Puts a manifest. One request.
    ///
    /// @throws dev.dray.client.transport.RegistryException when the registry refuses it
    void put(Manifest manifest, ManifestSelector selector);
}
