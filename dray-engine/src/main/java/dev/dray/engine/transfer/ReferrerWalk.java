package dev.dray.engine.transfer;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ImageSource;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import dev.dray.model.image.ReferrerSource;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds the referrers of an image, of the images in it, and of those referrers in turn. A listed manifest that does
/// not name the subject itself is left out.
public record ReferrerWalk(ImageSource source) {
    private static final int MOST = 10_000;

    /// The referrers, each before those that refer to it; none when the source does not know of any.
    ///
    /// @throws DrayException of kind TOO_LARGE when there are more than 10,000
    public List<ResolvedImage> of(ResolvedImage image) throws IOException {
        List<ResolvedImage> found = new ArrayList<>();
        if (!(source instanceof ReferrerSource known)) {
            return found;
        }
        Set<Digest> seen = new HashSet<>(image.graph().manifests().keySet());
        Deque<Digest> subjects = new ArrayDeque<>(seen);
        while (!subjects.isEmpty()) {
            Digest subject = subjects.remove();
            for (Descriptor listed : known.referrers(subject)) {
                if (listed.mediaType().isManifest() && seen.add(listed.digest())) {
                    Manifest manifest = source.manifest(ManifestSelector.of(listed.digest()));
                    if (refersTo(manifest, subject)) {
                        found.add(ResolvedImage.whole(source, manifest, listed.digest()));
                        subjects.add(listed.digest());
                    }
                }
                requireFew(found, image.digest());
            }
        }
        return found;
    }

    private static boolean refersTo(Manifest manifest, Digest subject) {
        return manifest.subject()
                .filter(named -> named.digest().equals(subject))
                .isPresent();
    }

    private static void requireFew(List<ResolvedImage> found, Digest image) {
        if (found.size() > MOST) {
            throw new DrayException(
                    DrayException.Kind.TOO_LARGE, "more than %d manifests refer to %s".formatted(MOST, image));
        }
    }
}
