package dev.dray.engine.adopt.host;

import dev.dray.model.Digest;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// A manifest in another engine's store: the one that a registry gave, or one that the engine wrote when it built the
/// image, whose layers are plain tars that never left the host.
///
/// The two look alike where all layers are plain. Such an image counts as built here: its layers would otherwise travel
/// uncompressed.
///
/// @param original the manifest, when it is a registry's
/// @param layers of the manifest
/// @param diffIds of the config, as many
record AdoptedManifest(Optional<Manifest.Image> original, List<Descriptor> layers, List<Digest> diffIds) {
    private static final Set<String> PLAIN =
            Set.of(MediaType.OCI_LAYER.value(), "application/vnd.docker.image.rootfs.diff.tar");

    static AdoptedManifest of(Manifest.Image manifest, List<Digest> diffIds) {
        boolean built = !manifest.layers().isEmpty()
                && manifest.layers().stream()
                        .allMatch(layer -> PLAIN.contains(layer.mediaType().value()));
        return new AdoptedManifest(built ? Optional.empty() : Optional.of(manifest), manifest.layers(), diffIds);
    }

    /// Why there is no original, empty when there is one.
    String unoriginal() {
        return original.isPresent()
                ? ""
                : "the manifest lists plain tars, as podman and buildah write it for what they build";
    }

    /// The blob of layer `index`, by the registry's manifest.
    Optional<KnownBlob> blob(int index) {
        Descriptor layer = layers.get(index);
        return original.map(_ -> new KnownBlob(layer.mediaType(), layer.digest(), OptionalLong.of(layer.size())));
    }
}
