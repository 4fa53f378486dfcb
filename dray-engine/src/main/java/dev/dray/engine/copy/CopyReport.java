package dev.dray.engine.copy;

import dev.dray.model.Digest;
import java.time.Duration;
import java.util.List;

/// What a copy, or the saving of images, did.
///
/// @param digests of the manifests that the target's names reach, as in the source
/// @param blobs how many distinct blobs the images have, those of referrers counted
/// @param moved how many of them were sent or written
/// @param linked how many the target's registry linked from another repository
/// @param bytes how many bytes of blobs were sent or written
/// @param referrers how many manifests that refer to the images went with them
/// @param notes what is not in the target as it was in the source, a sentence each
public record CopyReport(
        List<Digest> digests,
        int blobs,
        int moved,
        int linked,
        long bytes,
        int referrers,
        List<String> notes,
        Duration duration) {
    public CopyReport {
        digests = List.copyOf(digests);
        notes = List.copyOf(notes);
    }
}
