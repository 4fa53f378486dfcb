package dev.dray.engine.copy;

import dev.dray.client.transfer.TransferListener;
import dev.dray.engine.archive.ArchivedImage;
import dev.dray.engine.archive.ImageArchive;
import dev.dray.engine.intake.ImageIntake;
import dev.dray.engine.intake.PlainIntake;
import dev.dray.engine.policy.PolicyListener;
import dev.dray.engine.transfer.ReferrerWalk;
import dev.dray.engine.transfer.ResolvedImage;
import dev.dray.model.Digest;
import dev.dray.model.Reference;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.Manifest;
import dev.dray.store.Store;
import dev.dray.store.process.Lease;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Loads the images of an archive into the store, under the names that the archive has for them. Each appears whole,
/// or not at all.
public final class ImageLoad {
    /// The repository of images that have no name.
    private static final RepositoryName NAMELESS = new RepositoryName("localhost/loaded");

    private final Store store;
    private final ImageIntake intake;
    private final PlainIntake plain;

    public ImageLoad(Store store, TransferListener listener) {
        this.store = store;
        this.intake = new ImageIntake(store, false, PolicyListener.of(listener));
        this.plain = new PlainIntake(store, listener);
    }

    public List<LoadedImage> load(ImageArchive archive) throws IOException {
        List<LoadedImage> loaded = new ArrayList<>();
        for (ArchivedImage image : archive.images()) {
            try (Lease lease = store.lease()) {
                load(image, lease, loaded);
            }
        }
        return loaded;
    }

    private void load(ArchivedImage archived, Lease lease, List<LoadedImage> loaded) throws IOException {
        PlainIntake.Converted converted = switch (archived) {
            case ArchivedImage.Whole stored ->
                PlainIntake.Converted.nothing(Transports.listed(stored.layout(), stored.descriptor()));
            case ArchivedImage.Plain stored -> plain.take(stored, lease);
        };
        ResolvedImage image = converted.image().present();
        List<ResolvedImage> referrers = new ReferrerWalk(image.source()).of(image);
        if (archived.names().isEmpty()) {
            loaded.add(take(image, referrers, NAMELESS, Optional.empty(), converted));
        }
        for (Reference name : archived.names()) {
            loaded.add(take(image, referrers, name.fullName(), Optional.of(name), converted));
        }
    }

    private LoadedImage take(
            ResolvedImage image,
            List<ResolvedImage> referrers,
            RepositoryName repository,
            Optional<Reference> name,
            PlainIntake.Converted converted)
            throws IOException {
        Optional<Tag> tag = name.flatMap(Reference::tag);
        ImageIntake.Taken taken = intake.take(image, repository, tag);
        for (ResolvedImage referrer : referrers) {
            var _ = intake.take(referrer, repository, Optional.empty());
        }
        return new LoadedImage(
                name,
                id(image),
                image.digest(),
                taken.changed(),
                taken.blobs(),
                converted.layers() + taken.fetched().size(),
                converted.bytes() + taken.bytes(),
                referrers.size());
    }

    private static Digest id(ResolvedImage image) {
        return switch (image.root()) {
            case Manifest.Image one -> one.config().digest();
            case Manifest.Index _ -> image.digest();
        };
    }
}
