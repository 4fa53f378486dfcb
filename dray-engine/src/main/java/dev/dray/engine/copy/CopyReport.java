package dev.dray.engine.copy;

import dev.dray.model.Digest;
import java.time.Duration;
import java.util.List;

/// The result of a copy, or of saving images.
///
/// @param digests of the manifests that the target's names reach, as in the source
/// @param blobs how many distinct blobs the images have, those of referrers counted
/// @param moved how many of them were sent or written
/// @param linked how many the target's registry mounted from another repository
/// @param bytes how many bytes of blobs were sent or written
/// @param referrers how many manifests that refer to the images went with them
/// @param notes differences between source and target, a sentence each
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
