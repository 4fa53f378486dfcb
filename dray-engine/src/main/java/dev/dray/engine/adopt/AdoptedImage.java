package dev.dray.engine.adopt;

import dev.dray.engine.adopt.host.HostImage;
import dev.dray.engine.adopt.host.HostLayer;
import dev.dray.engine.adopt.host.KnownBlob;
import dev.dray.engine.adopt.host.SeenAt;
import dev.dray.engine.adopt.search.AdoptListener;
import dev.dray.engine.adopt.search.LayerParts;
import dev.dray.layer.recipe.GzipRecipe;
import dev.dray.layer.recipe.PlainRecipe;
import dev.dray.layer.tarsplit.TarSplitLayer;
import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ImageSource;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import dev.dray.model.image.MediaType;
import dev.dray.model.io.BytePipe;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// One image of another engine, with its original manifest and blobs.
///
/// Layers are rebuilt when they are opened, and not before: a target that has all of them costs nothing. An image
/// without an original manifest gets one: layers keep the blob that the engine knows of, others are encoded with Dray's
/// own profile, the same every time. Thread safe.
public final class AdoptedImage implements ImageSource {
    private static final int REBUILT_AHEAD = 1 << 20;

    private final HostImage image;
    private final Adopter adopter;
    private final AdoptListener listener;
    private @Nullable Manifest manifest;

    AdoptedImage(HostImage image, Adopter adopter, AdoptListener listener) {
        this.image = image;
        this.adopter = adopter;
        this.listener = listener;
    }

    public HostImage image() {
        return image;
    }

    /// Whether the manifest is the one that a registry gave.
    public boolean isOriginal() {
        return image.manifest().isPresent();
    }

    /// The parts of a layer's blob; searches for its encoder when that is not known yet.
    ///
    /// @param layer of the manifest
    /// @throws DrayException of kind NOT_FOUND when the image has no such layer, UNSUPPORTED when no known
    ///     encoder rebuilds its blob
    public LayerParts parts(Descriptor layer) throws IOException {
        int index = index(layer.digest()).orElseThrow(() -> absent("layer", layer.digest()));
        HostLayer unpacked = image.layers().get(index);
        TarSplitLayer plain = unpacked.open();
        if (layer.digest().equals(unpacked.diffId())) {
            try (InputStream in = plain.open(0)) {
                return new LayerParts(unpacked.diffId(), plain, PlainRecipe.of(in));
            }
        }
        return new LayerParts(unpacked.diffId(), plain, adopter.recipe(image, index, listener));
    }

    private OptionalInt index(Digest layer) throws IOException {
        if (manifest() instanceof Manifest.Image known) {
            for (int i = 0; i < known.layers().size(); i++) {
                if (known.layers().get(i).digest().equals(layer)) {
                    return OptionalInt.of(i);
                }
            }
        }
        return OptionalInt.empty();
    }

    /// Where the engine saw the blobs.
    public Map<Digest, List<SeenAt>> seen() {
        Map<Digest, List<SeenAt>> seen = new LinkedHashMap<>();
        for (HostLayer layer : image.layers()) {
            layer.blob().ifPresent(blob -> seen.put(blob.digest(), layer.seen()));
        }
        return seen;
    }

    /// The manifest, whatever tag it is asked for by.
    ///
    /// @throws DrayException of kind NOT_FOUND for the digest of another one
    @Override
    public Manifest manifest(ManifestSelector selector) throws IOException {
        Manifest known = manifest();
        switch (selector) {
            case ManifestSelector.ByTag _ -> {}
            case ManifestSelector.ByDigest(Digest digest) -> {
                if (!known.raw().digest(digest.algorithm()).equals(digest)) {
                    throw absent("manifest", digest);
                }
            }
        }
        return known;
    }

    /// The image's only manifest. Without an original one, layers that never had a blob are encoded first.
    public synchronized Manifest manifest() throws IOException {
        if (manifest == null) {
            manifest = image.manifest().isPresent() ? image.manifest().get() : made();
        }
        return manifest;
    }

    private Manifest made() throws IOException {
        List<Descriptor> layers = new ArrayList<>();
        for (int i = 0; i < image.layers().size(); i++) {
            Optional<KnownBlob> blob = image.layers().get(i).blob();
            Descriptor layer = blob.isPresent() && blob.get().size().isPresent()
                    ? descriptor(blob.get().digest(), blob.get().size().getAsLong())
                    : made(i);
            layers.add(layer);
        }
        MediaType configType = isDocker() ? MediaType.DOCKER_CONFIG : MediaType.OCI_CONFIG;
        return Manifest.Image.of(
                image.manifestType(), Descriptor.of(configType, image.config().raw()), layers);
    }

    private Descriptor made(int index) throws IOException {
        GzipRecipe recipe = adopter.recipe(image, index, listener);
        return descriptor(recipe.digest(), recipe.size());
    }

    private boolean isDocker() {
        return image.manifestType().equals(MediaType.DOCKER_MANIFEST);
    }

    private Descriptor descriptor(Digest digest, long size) {
        return Descriptor.of(isDocker() ? MediaType.DOCKER_LAYER_GZIP : MediaType.OCI_LAYER_GZIP, digest, size);
    }

    @Override
    public Content blob(Descriptor descriptor) throws IOException {
        Digest digest = descriptor.digest();
        RawBytes config = image.config().raw();
        if (config.digest(digest.algorithm()).equals(digest)) {
            return Content.of(config, digest);
        }
        int index = index(digest).orElseThrow(() -> absent("blob", digest));
        return new LayerContent(
                digest, ((Manifest.Image) manifest()).layers().get(index).size(), index);
    }

    private DrayException absent(String what, Digest digest) {
        return new DrayException(
                DrayException.Kind.NOT_FOUND, "image \"%s\" has no %s %s".formatted(image.shownName(), what, digest));
    }

    /// The blob of a layer, rebuilt while it is read.
    private final class LayerContent implements Content {
        private final Digest digest;
        private final long size;
        private final int index;

        LayerContent(Digest digest, long size, int index) {
            this.digest = digest;
            this.size = size;
            this.index = index;
        }

        @Override
        public Digest digest() {
            return digest;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public InputStream open(long offset) throws IOException {
            HostLayer layer = image.layers().get(index);
            if (digest.equals(layer.diffId())) {
                return layer.open().open(offset);
            }
            GzipRecipe recipe = adopter.recipe(image, index, listener);
            TarSplitLayer plain = layer.open();
            return BytePipe.from("rebuild", REBUILT_AHEAD, out -> {
                if (offset == 0) {
                    adopter.rebuilder().rebuild(recipe, plain, out);
                } else {
                    adopter.rebuilder().rebuild(recipe, plain, offset, recipe.size() - offset, out);
                }
            });
        }
    }
}
