package dev.dray.engine.repository;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ImageConfig;
import dev.dray.model.image.ImageGraph;
import dev.dray.model.image.ImageSource;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/// Tells what an image is, from its manifest and config.
public final class ImageDescribe {
    private ImageDescribe() {}

    /// @param repository the image's own
    /// @throws UncheckedIOException when the store cannot be read
    public static ImageSummary summary(StoredImage image, ImageSource repository) {
        if (image.manifest() instanceof Manifest.Image one) {
            return new ImageSummary(image, config(repository, one), size(one), 1);
        }
        ImageGraph graph = graph(image, repository);
        int platforms = (int) graph.manifests().values().stream()
                .filter(Manifest.Image.class::isInstance)
                .count();
        long size = graph.blobs().stream().mapToLong(Descriptor::size).sum();
        return new ImageSummary(image, host(graph).flatMap(one -> config(repository, one)), size, platforms);
    }

    private static ImageGraph graph(StoredImage image, ImageSource repository) {
        try {
            return ImageGraph.readPresent(repository, image.manifest(), image.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The image of an index that runs on this host.
    private static Optional<Manifest.Image> host(ImageGraph graph) {
        if (!(graph.root() instanceof Manifest.Index index)) {
            return Optional.empty();
        }
        Map<Digest, Manifest> present = graph.manifests();
        return index.manifests().stream()
                .filter(child -> child.platform().map(Platform.host()::accepts).orElse(false))
                .map(child -> present.get(child.digest()))
                .filter(Manifest.Image.class::isInstance)
                .map(Manifest.Image.class::cast)
                .findFirst();
    }

    private static long size(Manifest.Image image) {
        return image.blobs().stream().distinct().mapToLong(Descriptor::size).sum();
    }

    /// The config; empty when the manifest is an artifact's, or the config is gone or not readable.
    private static Optional<ImageConfig> config(ImageSource repository, Manifest.Image image) {
        if (!image.config().mediaType().isImageConfig()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ImageConfig.parse(bytes(repository, image.config())));
        } catch (DrayException | IOException absent) {
            return Optional.empty();
        }
    }

    private static RawBytes bytes(ImageSource repository, Descriptor config) throws IOException {
        if (config.size() > Manifest.LARGEST) {
            throw new DrayException(
                    DrayException.Kind.TOO_LARGE, "config %s of %d bytes".formatted(config.digest(), config.size()));
        }
        try (InputStream in = repository.blob(config).open(0)) {
            return RawBytes.copyOf(in.readNBytes((int) config.size()));
        }
    }
}
