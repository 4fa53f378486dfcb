package dev.dray.engine.intake;

import dev.dray.client.transfer.BlobFate;
import dev.dray.client.transfer.TransferListener;
import dev.dray.engine.archive.ArchivedImage;
import dev.dray.engine.repository.KnownLayers;
import dev.dray.engine.transfer.FoundImage;
import dev.dray.engine.transfer.ReportedContent;
import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ImageSource;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import dev.dray.model.image.MediaType;
import dev.dray.store.Store;
import dev.dray.store.process.Lease;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Creates a manifest, and the blobs that it names, for an image that an archive holds as a config and plain tars.
///
/// A layer that the store has, whatever its compression, is not read at all; another one is compressed once with Dray's
/// own profile, and one that the archive has as gzip stays as it is. The config stays as it is, and with it the
/// image's ID. So the same archive gives the same digests on every host, but for layers that the host has from
/// elsewhere, which have the digests that the world knows them by.
public final class PlainIntake {
    private static final MediaType DOCKER_LAYER = new MediaType("application/vnd.docker.image.rootfs.diff.tar");

    private final Store store;
    private final LayerIntake intake;
    private final KnownLayers known;
    private final TransferListener listener;

    public PlainIntake(Store store, TransferListener listener) {
        this.store = store;
        this.intake = new LayerIntake(store);
        this.known = new KnownLayers(store);
        this.listener = listener;
    }

    /// An image, converted to blobs.
    ///
    /// @param layers how many
    /// @param bytes of the blobs that they became
    public record Converted(FoundImage image, int layers, long bytes) {
        public static Converted nothing(FoundImage image) {
            return new Converted(image, 0, 0);
        }
    }

    /// @param lease covers the new blobs, which nothing links yet
    public Converted take(ArchivedImage.Plain image, Lease lease) throws IOException {
        List<Descriptor> layers = new ArrayList<>();
        List<Descriptor> added = new ArrayList<>();
        for (Content tar : image.layers()) {
            layers.add(layer(tar, lease, added));
        }
        Manifest.Image manifest = Manifest.Image.of(
                MediaType.DOCKER_MANIFEST, Descriptor.of(MediaType.DOCKER_CONFIG, image.config()), layers);
        FoundImage found = new FoundImage(
                new ConvertedSource(store, image.config(), manifest),
                manifest,
                manifest.raw().sha256());
        return new Converted(
                found, added.size(), added.stream().mapToLong(Descriptor::size).sum());
    }

    private Descriptor layer(Content tar, Lease lease, List<Descriptor> added) throws IOException {
        Descriptor read = Descriptor.of(DOCKER_LAYER, tar.digest(), tar.size());
        listener.begin(read);
        var there = known.find(tar.digest());
        if (there.isPresent()) {
            lease.cover(List.of(there.get().digest()));
            listener.done(read, new BlobFate.AlreadyThere());
            return Descriptor.of(
                    docker(there.get().mediaType()),
                    there.get().digest(),
                    there.get().size());
        }
        Content reported = new ReportedContent(read, tar, listener);
        try (LayerIntake.Layer layer = intake.take(() -> reported.open(0), tar.digest())) {
            lease.cover(List.of(layer.blob().digest()));
            store.blobs().publish(layer.blob(), _ -> Boolean.TRUE);
            listener.done(read, new BlobFate.Downloaded());
            Descriptor blob = Descriptor.of(
                    MediaType.DOCKER_LAYER_GZIP,
                    layer.blob().digest(),
                    layer.blob().size());
            added.add(blob);
            return blob;
        }
    }

    private static MediaType docker(MediaType type) {
        return type.equals(MediaType.OCI_LAYER) ? DOCKER_LAYER : MediaType.DOCKER_LAYER_GZIP;
    }

    /// The converted image, its layers in the store.
    private record ConvertedSource(Store store, RawBytes config, Manifest.Image manifest) implements ImageSource {
        @Override
        public Manifest manifest(ManifestSelector selector) {
            return manifest;
        }

        @Override
        public Content blob(Descriptor descriptor) {
            Digest digest = descriptor.digest();
            if (digest.equals(manifest.config().digest())) {
                return Content.of(config, digest);
            }
            return KnownLayers.open(store, digest)
                    .map(Content.class::cast)
                    .orElseThrow(() -> new DrayException(
                            DrayException.Kind.NOT_FOUND, "no blob %s in the store".formatted(digest)));
        }
    }
}
