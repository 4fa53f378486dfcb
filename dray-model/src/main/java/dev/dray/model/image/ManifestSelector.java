package dev.dray.model.image;

import dev.dray.model.Digest;
import dev.dray.model.Reference;
import dev.dray.model.Tag;

/// Selects a manifest of a repository, by tag or by digest.
public sealed interface ManifestSelector {

    /// Selects the manifest that `tag` points at now.
    record ByTag(Tag tag) implements ManifestSelector {
        @Override
        public String toString() {
            return tag.toString();
        }
    }

    /// Selects the manifest of this digest.
    record ByDigest(Digest digest) implements ManifestSelector {
        @Override
        public String toString() {
            return digest.toString();
        }
    }

    static ManifestSelector of(Tag tag) {
        return new ByTag(tag);
    }

    static ManifestSelector of(Digest digest) {
        return new ByDigest(digest);
    }

    /// The digest of the reference when there is one, otherwise its tag.
    static ManifestSelector of(Reference reference) {
        return reference
                .digest()
                .map(ManifestSelector::of)
                .or(() -> reference.tag().map(ManifestSelector::of))
                .orElseThrow();
    }

    /// Parses a tag, or a digest if the text has a colon.
    ///
    /// @throws DrayException of kind INVALID when it is malformed
    static ManifestSelector parse(String text) {
        return text.indexOf(':') >= 0 ? of(Digest.parse(text)) : of(new Tag(text));
    }
}
