package dev.dray.engine.archive;

import dev.dray.engine.archive.layout.OciLayout;
import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.Reference;
import dev.dray.model.image.Descriptor;
import java.util.List;

/// An image of an archive, in one of the two forms that archives have.
public sealed interface ArchivedImage {
    /// The names that it is to have; none when it has none, or only a tag.
    List<Reference> names();

    /// A person's word for it: its first name, or the beginning of its digest.
    default String label() {
        return names().isEmpty() ? anonymous() : names().getFirst().familiar();
    }

    String anonymous();

    /// With its manifest and the blobs that this names: nothing needs to be converted.
    record Whole(OciLayout layout, Descriptor descriptor, List<Reference> names) implements ArchivedImage {
        public Whole {
            names = List.copyOf(names);
        }

        @Override
        public String anonymous() {
            return descriptor.digest().shortHex();
        }
    }

    /// As `docker save` has always written it: a config, and a tar for each layer, which may be compressed. There
    /// is no manifest, or one that was invented for the archive and names tars that no registry has seen.
    ///
    /// @param layers lowest first; the digest of each is its diffID as the config claims it, of the tar, not of
    ///     what is read
    /// @param sourced whether the archive says that its tars are the layers' blobs, as Docker does when it
    ///     invents a manifest
    record Plain(RawBytes config, List<Content> layers, List<Reference> names, boolean sourced)
            implements ArchivedImage {
        public Plain {
            layers = List.copyOf(layers);
            names = List.copyOf(names);
        }

        Plain named(List<Reference> others) {
            return new Plain(config, layers, others, sourced);
        }

        /// Its ID, as docker has it.
        public Digest id() {
            return config.sha256();
        }

        @Override
        public String anonymous() {
            return id().shortHex();
        }
    }
}
