package dev.dray.engine.layers;

import dev.dray.engine.transfer.PlatformChoice;
import dev.dray.model.Digest;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ImageSource;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Lists the layers of an image, each once. Not thread safe.
public final class ImageLayers {
    private static final int MOST_DEPTH = 4;

    private final String source;
    private final ImageSource images;
    private final PlatformChoice platform;
    private final Map<Digest, LayerBlob> layers = new LinkedHashMap<>();

    /// @param source the name that the image was asked for by
    public ImageLayers(String source, ImageSource images, PlatformChoice platform) {
        this.source = source;
        this.images = images;
        this.platform = platform;
    }

    /// Adds the layers of one image, or of those in an index that the choice of platform means.
    public ImageLayers add(ManifestSelector selector) throws IOException {
        add(images.manifest(selector), 0);
        return this;
    }

    private void add(Manifest manifest, int depth) throws IOException {
        switch (manifest) {
            case Manifest.Image image -> {
                for (Descriptor layer : image.layers()) {
                    if (!layers.containsKey(layer.digest()) && !layer.mayBeAbsent()) {
                        layers.put(layer.digest(), new LayerBlob.InImage(source, layer, images.blob(layer)));
                    }
                }
            }
            case Manifest.Index index -> {
                if (depth < MOST_DEPTH) {
                    for (Descriptor child : chosen(index)) {
                        add(images.manifest(ManifestSelector.of(child.digest())), depth + 1);
                    }
                }
            }
        }
    }

    private List<Descriptor> chosen(Manifest.Index index) {
        return switch (platform) {
            case PlatformChoice.All() ->
                index.manifests().stream()
                        .filter(child -> child.mediaType().isManifest())
                        .toList();
            case PlatformChoice.One(var wanted) -> List.of(PlatformChoice.pick(index, wanted));
        };
    }

    /// The layers, in the order in which they were found.
    public List<LayerBlob> list() {
        return new ArrayList<>(layers.values());
    }
}
