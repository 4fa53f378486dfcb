package dev.dray.engine.copy;

import dev.dray.client.transfer.TransferListener;
import dev.dray.engine.archive.ArchiveWriter;
import dev.dray.engine.archive.layout.ImageWriter;
import dev.dray.engine.archive.layout.ListedName;
import dev.dray.engine.transfer.ImageWalk;
import dev.dray.engine.transfer.ResolvedImage;
import dev.dray.model.Digest;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A layout or an archive as the target of copies, several of them when images are saved together. Not thread safe.
final class WriterTarget {
    private final ImageWriter writer;
    private final TransferListener listener;
    private final Set<Digest> blobs = new HashSet<>();
    private final List<Descriptor> written = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    WriterTarget(ImageWriter writer, TransferListener listener) {
        this.writer = writer;
        this.listener = listener;
    }

    /// As the target of one copy, which ends with it.
    CopyTarget once(Optional<ListedName> name) {
        return (image, referrers) -> {
            add(image, name);
            for (ResolvedImage referrer : referrers) {
                add(referrer);
            }
            writer.finish();
            return sent();
        };
    }

    /// Puts an image and lists it.
    void add(ResolvedImage image, Optional<ListedName> name) throws IOException {
        put(image);
        writer.list(image.root(), image.digest(), name);
        if (writer instanceof ArchiveWriter archive) {
            describe(archive, image, name);
        }
    }

    /// Puts a referrer: it is found by what it refers to.
    void add(ResolvedImage referrer) throws IOException {
        put(referrer);
        writer.list(referrer.root(), referrer.digest(), Optional.empty());
    }

    CopyTarget.Sent sent() {
        return new CopyTarget.Sent(
                blobs.size(),
                written.size(),
                0,
                written.stream().mapToLong(Descriptor::size).sum(),
                notes);
    }

    /// An archive is written from front to back, one blob after the other and always in the same order.
    private void put(ResolvedImage image) throws IOException {
        int atOnce = writer instanceof ArchiveWriter ? 1 : ImageWalk.AT_ONCE;
        written.addAll(new ImageWalk(image, writer, atOnce, listener)
                .blobs(image.graph().blobs()));
        image.graph().blobs().forEach(blob -> blobs.add(blob.digest()));
        for (Map.Entry<Digest, Manifest> manifest : image.graph().manifests().entrySet()) {
            writer.putManifest(manifest.getValue(), manifest.getKey());
        }
    }

    private void describe(ArchiveWriter archive, ResolvedImage image, Optional<ListedName> name) {
        if (!archive.hasDockerList()) {
            return;
        }
        Optional<Manifest.Image> runnable = runnable(image);
        runnable.ifPresent(one -> archive.describe(one, name));
        String label = name.flatMap(ListedName::whole)
                .map(Object::toString)
                .orElse(image.digest().toString());
        if (runnable.isEmpty()) {
            notes.add(
                    "%s is no runnable image: readers of OCI layouts find it, `docker load` does not".formatted(label));
        } else if (image.root() instanceof Manifest.Index) {
            notes.add("%s is an index: readers that know no OCI layouts find only the image %s"
                    .formatted(label, runnable.get().descriptor().digest()));
        }
    }

    /// The image itself, or of an index the one for this host, or the first.
    private static Optional<Manifest.Image> runnable(ResolvedImage image) {
        List<Manifest.Image> images = image.graph().manifests().values().stream()
                .filter(Manifest.Image.class::isInstance)
                .map(Manifest.Image.class::cast)
                .filter(one -> one.config().mediaType().isImageConfig())
                .toList();
        return children(image)
                .filter(child -> child.platform().map(Platform.host()::accepts).orElse(false))
                .flatMap(child -> Optional.ofNullable(image.graph().manifests().get(child.digest())).stream())
                .filter(images::contains)
                .map(Manifest.Image.class::cast)
                .findFirst()
                .or(() -> images.stream().findFirst());
    }

    private static Stream<Descriptor> children(ResolvedImage image) {
        return image.root() instanceof Manifest.Index index ? index.manifests().stream() : Stream.empty();
    }
}
