package dev.dray.client.push;

import dev.dray.client.memory.Strictness;
import dev.dray.client.transfer.BlobFate;
import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import dev.dray.model.image.MediaType;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The target repository of a push, reduced to the operations that a push needs. Thread safe.
public interface PushTarget {
    /// What is known of the registry at this moment.
    Knowledge knowledge();

    /// Gets the right to push here and to pull from `sources`, where it can be had. Called once, before all else that
    /// is sent for the push.
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
    /// @return false when the registry did not say that it set all of the further tags
    /// @throws dev.dray.client.transport.RegistryException when the registry refuses it
    boolean put(Put put);

    /// A manifest, and how it is put.
    ///
    /// @param tags further tags that a Dray registry points at it; none for others
    /// @param linkFrom repositories that a Dray registry may link missing content from; at most 8, none for others
    record Put(Manifest manifest, ManifestSelector selector, List<Tag> tags, List<RepositoryName> linkFrom) {
        public Put {
            tags = List.copyOf(tags);
            linkFrom = List.copyOf(linkFrom);
        }

        static Put of(Manifest manifest, ManifestSelector selector) {
            return new Put(manifest, selector, List.of(), List.of());
        }
    }

    /// What a registry is known to be, and to have.
    interface Knowledge {
        /// True for a Dray registry: it links what a manifest PUT names sources for.
        boolean isDray();

        Strictness strictness(MediaType manifests);

        /// Notes what an answer has shown.
        void learn(MediaType manifests, Strictness shown);

        /// What the tag pointed to in this repository when it was last seen.
        Optional<Digest> tag(Tag tag);

        void noteTag(Tag tag, Digest digest);
    }
}
