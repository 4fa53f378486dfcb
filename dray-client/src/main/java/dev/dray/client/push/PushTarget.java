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

/// The repository that a push goes to, as far as the push needs it. Thread safe.
public interface PushTarget {
    /// Learns how the registry wants to be asked, and gets the right to push here and to pull from `sources`, where it
    /// can be had. Called once, before all else.
    void prepare(Collection<RepositoryName> sources);

    /// The digest of a manifest, when it is there. One request.
    Optional<Digest> find(ManifestSelector selector) throws IOException;

    /// True when the blob is in this repository. One request.
    boolean has(Descriptor blob);

    /// Links the blob from another repository of the host, or, when that is not granted, uploads it.
    ///
    /// @param from where it may be linked from; empty: it is uploaded without asking
    BlobFate send(Descriptor blob, Content content, Optional<RepositoryName> from);

    /// Puts a manifest. One request.
    ///
    /// @throws dev.dray.client.transport.RegistryException when the registry refuses it
    void put(Manifest manifest, ManifestSelector selector);
}
