package dev.dray.engine;

import dev.dray.engine.adopt.AdoptedImage;
import dev.dray.model.DrayException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Copies an image from any place to any other, byte for byte.
record ImageCopy(ImagePlaces places) {
    CopyReport copy(ImagePlace from, ImagePlace to, CopyOptions options) throws IOException {
        long start = System.nanoTime();
        try (OpenedImage opened = places.source(from)) {
            return copy(from.toString(), opened, to, options, start);
        }
    }

    CopyReport copy(AdoptedImage from, ImagePlace to, CopyOptions options) throws IOException {
        long start = System.nanoTime();
        try (OpenedImage opened = ImagePlaces.source(from)) {
            return copy(from.image().shownName(), opened, to, options, start);
        }
    }

    private CopyReport copy(String from, OpenedImage opened, ImagePlace to, CopyOptions options, long start)
            throws IOException {
        FoundImage found = opened.image().chosen(options.platform());
        Parcel image = opened.whole() ? found.whole() : found.present();
        if (to instanceof ImagePlace.Registry) {
            requireWhole(from, image);
        }
        List<Parcel> referrers = options.referrers() ? new ReferrerWalk(found.source()).of(image) : List.of();
        List<String> notes = new ArrayList<>();
        opened.note().ifPresent(notes::add);
        if (!image.absent().isEmpty()) {
            notes.add("the source has nothing for %s, so the target has neither".formatted(image.absent()));
        }
        CopyTarget.Sent sent = places.send(to, opened.sources(), image, referrers);
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
    private static void requireWhole(String from, Parcel image) {
        if (!image.absent().isEmpty()) {
            throw new DrayException(
                            DrayException.Kind.CONFLICT, "%s is an index that lacks %s".formatted(from, image.absent()))
                    .advising("copy one image of it with --platform, or get all of it first");
        }
    }
}
