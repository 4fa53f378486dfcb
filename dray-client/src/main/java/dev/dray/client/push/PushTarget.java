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

/// The repository that a push goes to, as far as the push needs it. Thread safe.
public interface PushTarget {
    /// What is known of the registry at this moment.
    Knowledge knowledge();

    /// Gets the right to push here and to pull from `sources`, where it can be had. Called once, before all else that
    /// is sent for the push.
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
