package dev.dray.engine;

import dev.dray.client.push.TransferListener;
import dev.dray.engine.archive.ImageShelf;
import dev.dray.engine.archive.ListedName;
import dev.dray.model.Digest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes images of the store into a layout or an archive, blobs that they share once.
record ImageSave(ImageFinder finder, DamagedBlobs damaged, TransferListener listener) {
    /// @param shelf which is finished and not closed
    CopyReport save(List<String> names, CopyOptions options, ImageShelf shelf) throws IOException {
        long start = System.nanoTime();
        ShelfTarget target = new ShelfTarget(shelf, listener);
        List<StoredImage> images = names.stream().map(finder::get).toList();
        List<Digest> digests = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        int referrers = 0;
        for (StoredImage stored : images) {
            MendedRepository source = damaged.repository(stored.repository());
            Parcel image = new FoundImage(source, stored.manifest(), stored.digest())
                    .chosen(options.platform())
                    .present();
            Optional<ListedName> name = stored.tag().map(_ -> ListedName.of(stored.reference()));
            target.add(image, name);
            if (options.referrers()) {
                List<Parcel> found = new ReferrerWalk(source).of(image);
                for (Parcel referrer : found) {
                    target.add(referrer);
                }
                referrers += found.size();
            }
            if (!image.absent().isEmpty()) {
                notes.add("the store has nothing of %s for %s, so the archive has neither"
                        .formatted(stored.reference(), image.absent()));
            }
            digests.add(image.digest());
        }
        shelf.finish();
        CopyTarget.Sent sent = target.sent();
        notes.addAll(sent.notes());
        return new CopyReport(
                digests,
                sent.blobs(),
                sent.moved(),
                0,
                sent.bytes(),
                referrers,
                notes,
                Duration.ofNanos(System.nanoTime() - start));
    }
}
