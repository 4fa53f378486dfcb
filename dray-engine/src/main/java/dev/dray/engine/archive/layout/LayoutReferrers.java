package dev.dray.engine.archive.layout;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.Tag;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Finds in a layout what refers to a manifest: layouts have no list of that, so the manifests that `index.json` names
/// are looked at.
record LayoutReferrers(OciLayout layout) {
    List<Descriptor> of(Digest subject) throws IOException {
        Map<Digest, Descriptor> referrers = new LinkedHashMap<>();
        for (Descriptor listed : layout.manifests()) {
            if (listed.mediaType().isManifest() && refersTo(listed.digest(), subject)) {
                referrers.put(listed.digest(), listed);
            }
        }
        listedByTag(subject).forEach(listed -> referrers.putIfAbsent(listed.digest(), listed));
        return List.copyOf(referrers.values());
    }

    private boolean refersTo(Digest manifest, Digest subject) throws IOException {
        return layout.manifest(ManifestSelector.of(manifest))
                .subject()
                .filter(named -> named.digest().equals(subject))
                .isPresent();
    }

    private List<Descriptor> listedByTag(Digest subject) throws IOException {
        String hex = subject.hex();
        Tag tag = new Tag(subject.algorithm().label() + "-" + hex.substring(0, Math.min(64, hex.length())));
        try {
            return layout.manifest(ManifestSelector.of(tag)) instanceof Manifest.Index index
                    ? index.manifests()
                    : List.of();
        } catch (DrayException absent) {
            if (absent.kind() == DrayException.Kind.NOT_FOUND) {
                return List.of();
            }
            throw absent;
        }
    }
}
