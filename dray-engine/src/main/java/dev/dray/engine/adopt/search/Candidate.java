package dev.dray.engine.adopt.search;

import dev.dray.layer.recipe.EncoderId;
import dev.dray.model.RawBytes;
import java.util.List;

/// An encoder that a layer may come from, with the headers of the tools that use it.
///
/// @param maker the tools, for people and for hints
/// @param slow whether it takes many times as long as the others: levels 9
public record Candidate(Maker maker, EncoderId encoder, List<RawBytes> headers, boolean slow) {
    public Candidate {
        headers = List.copyOf(headers);
    }

    /// An encoder that the blob's own first bytes speak for, with the header that it has.
    static Candidate of(EncoderId encoder, RawBytes header) {
        return new Candidate(Maker.KNOWN, encoder, List.of(header), false);
    }

    /// Tools that share an encoder and its settings.
    public enum Maker {
        /// docker, BuildKit, containerd up to Go 1.26.
        GO_DEFAULT,
        /// ko, crane, kaniko, buildpacks.
        GO_FASTEST,
        /// Go tools that ask for the best compression.
        GO_BEST,
        /// podman, buildah, skopeo, CRI-O, umoci, apko.
        PGZIP,
        /// docker, BuildKit, containerd from Go 1.27 on.
        NEW_GO_DEFAULT,
        NEW_GO_FASTEST,
        NEW_GO_BEST,
        /// debuerreotype.
        PIGZ,
        /// Jib, Python, libarchive.
        ZLIB,
        GNU_GZIP,
        /// Whoever: the blob tells.
        KNOWN
    }
}
