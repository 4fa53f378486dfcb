package dev.dray.engine.repository;

import dev.dray.engine.transfer.FoundImage;
import dev.dray.engine.transfer.PlatformChoice;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ImageConfig;
import dev.dray.model.image.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Tells how an image was built, from its config.
public final class ImageHistory {
    private ImageHistory() {}

    /// The last step first. Layers that the history does not tell of are steps without words.
    ///
    /// @throws DrayException of kind UNSUPPORTED when it is no runnable image
    public static List<HistoryStep> of(StoredImage image, StoredRepository repository) throws IOException {
        FoundImage found = new FoundImage(repository, image.manifest(), image.digest()).chosen(PlatformChoice.host());
        if (!(found.root() instanceof Manifest.Image one)
                || !one.config().mediaType().isImageConfig()) {
            throw new DrayException(
                    DrayException.Kind.UNSUPPORTED,
                    "%s is no runnable image, and has no history".formatted(image.reference()));
        }
        List<HistoryStep> steps = steps(one, config(repository, one.config()));
        Collections.reverse(steps);
        if (!steps.isEmpty()) {
            steps.set(0, withImage(steps.getFirst(), one.config().digest()));
        }
        return steps;
    }

    private static List<HistoryStep> steps(Manifest.Image image, ImageConfig config) {
        List<HistoryStep> steps = new ArrayList<>();
        Deque<Descriptor> layers = new ArrayDeque<>(image.layers());
        for (ImageConfig.History told : config.history()) {
            Optional<Descriptor> layer = told.emptyLayer() ? Optional.empty() : Optional.ofNullable(layers.poll());
            steps.add(step(told.created(), told.createdBy(), told.comment(), layer));
        }
        layers.forEach(
                layer -> steps.add(step(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(layer))));
        return steps;
    }

    private static HistoryStep step(
            Optional<String> created, Optional<String> by, Optional<String> comment, Optional<Descriptor> layer) {
        return new HistoryStep(
                Optional.empty(),
                created,
                by,
                comment,
                layer.map(Descriptor::digest),
                layer.map(Descriptor::size).orElse(0L));
    }

    private static HistoryStep withImage(HistoryStep step, Digest image) {
        return new HistoryStep(
                Optional.of(image), step.created(), step.createdBy(), step.comment(), step.layer(), step.size());
    }

    private static ImageConfig config(StoredRepository repository, Descriptor config) throws IOException {
        if (config.size() > Manifest.LARGEST) {
            throw new DrayException(
                    DrayException.Kind.TOO_LARGE, "config %s of %d bytes".formatted(config.digest(), config.size()));
        }
        try (InputStream in = repository.blob(config).open(0)) {
            return ImageConfig.parse(RawBytes.copyOf(in.readNBytes((int) config.size())));
        }
    }
}
