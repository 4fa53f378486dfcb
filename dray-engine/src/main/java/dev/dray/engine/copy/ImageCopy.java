package dev.dray.engine.copy;

import dev.dray.engine.adopt.AdoptedImage;
import dev.dray.engine.transfer.CopyOptions;
import dev.dray.engine.transfer.FoundImage;
import dev.dray.engine.transfer.ReferrerWalk;
import dev.dray.engine.transfer.ResolvedImage;
import dev.dray.model.DrayException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Copies an image between any two locations, byte for byte.
public record ImageCopy(Transports transports) {
    public CopyReport copy(ImageLocation from, ImageLocation to, CopyOptions options) throws IOException {
        long start = System.nanoTime();
        try (OpenedImage opened = transports.source(from)) {
            return copy(from.toString(), opened, to, options, start);
        }
    }

    public CopyReport copy(AdoptedImage from, ImageLocation to, CopyOptions options) throws IOException {
        long start = System.nanoTime();
        try (OpenedImage opened = Transports.source(from)) {
            return copy(from.image().shownName(), opened, to, options, start);
        }
    }

    private CopyReport copy(String from, OpenedImage opened, ImageLocation to, CopyOptions options, long start)
            throws IOException {
        FoundImage found = opened.image().chosen(options.platform());
        ResolvedImage image = opened.whole() ? found.whole() : found.present();
        if (to instanceof ImageLocation.Registry) {
            requireWhole(from, image);
        }
        List<ResolvedImage> referrers = options.referrers() ? new ReferrerWalk(found.source()).of(image) : List.of();
        List<String> notes = new ArrayList<>();
        opened.note().ifPresent(notes::add);
        if (!image.absent().isEmpty()) {
            notes.add("the source has nothing for %s, so the target has neither".formatted(image.absent()));
        }
        CopyTarget.Sent sent = transports.send(to, opened.sources(), image, referrers);
        notes.addAll(sent.notes());
        return new CopyReport(
                List.of(image.digest()),
                sent.blobs(),
                sent.moved(),
                sent.linked(),
                sent.bytes(),
                referrers.size(),
                notes,
                Duration.ofNanos(System.nanoTime() - start));
    }

    /// Registries refuse an index whose images they have not.
    private static void requireWhole(String from, ResolvedImage image) {
        if (!image.absent().isEmpty()) {
            throw new DrayException(
                            DrayException.Kind.CONFLICT, "%s is an index that lacks %s".formatted(from, image.absent()))
                    .advising("copy one image of it with --platform, or get all of it first");
        }
    }
}
