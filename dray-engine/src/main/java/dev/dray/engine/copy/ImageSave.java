package dev.dray.engine.copy;

import dev.dray.client.transfer.TransferListener;
import dev.dray.engine.archive.layout.ImageWriter;
import dev.dray.engine.archive.layout.ListedName;
import dev.dray.engine.repository.ImageFinder;
import dev.dray.engine.repository.StoredImage;
import dev.dray.engine.transfer.CopyOptions;
import dev.dray.engine.transfer.FoundImage;
import dev.dray.engine.transfer.ReferrerWalk;
import dev.dray.engine.transfer.ResolvedImage;
import dev.dray.engine.verify.BlobRepair;
import dev.dray.engine.verify.RepairingRepository;
import dev.dray.model.Digest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes images of the store into a layout or an archive, blobs that they share once.
public record ImageSave(ImageFinder finder, BlobRepair repair, TransferListener listener) {
    /// @param writer which is finished and not closed
    public CopyReport save(List<String> names, CopyOptions options, ImageWriter writer) throws IOException {
        long start = System.nanoTime();
        WriterTarget target = new WriterTarget(writer, listener);
        List<StoredImage> images = names.stream().map(finder::get).toList();
        List<Digest> digests = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        int referrers = 0;
        for (StoredImage stored : images) {
            RepairingRepository source = repair.repository(stored.repository());
            ResolvedImage image = new FoundImage(source, stored.manifest(), stored.digest())
                    .chosen(options.platform())
                    .present();
            Optional<ListedName> name = stored.tag().map(_ -> ListedName.of(stored.reference()));
            target.add(image, name);
            if (options.referrers()) {
                List<ResolvedImage> found = new ReferrerWalk(source).of(image);
                for (ResolvedImage referrer : found) {
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
        writer.finish();
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
