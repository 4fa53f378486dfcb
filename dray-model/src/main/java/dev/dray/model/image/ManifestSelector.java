package dev.dray.model.image;

import dev.dray.model.Digest;
import dev.dray.model.Reference;
import dev.dray.model.Tag;

/// Which manifest of a repository is meant: the one that a tag points to, or the one of a digest.
public sealed interface ManifestSelector {

    /// The manifest that `tag` points to now.
    record ByTag(Tag tag) implements ManifestSelector {
        @Override
        public String toString() {
            return tag.toString();
        }
    }

    /// The manifest of this digest.
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

    /// The digest of the reference when there is one, else its tag.
    static ManifestSelector of(Reference reference) {
        return reference
                .digest()
                .map(ManifestSelector::of)
                .or(() -> reference.tag().map(ManifestSelector::of))
                .orElseThrow();
    }

    /// Reads a tag, or a digest where there is a colon.
    ///
    /// @throws DrayException of kind INVALID when it is malformed
    static ManifestSelector parse(String text) {
        return text.indexOf(':') >= 0 ? of(Digest.parse(text)) : of(new Tag(text));
    }
}
