package dev.dray.client.push;

import dev.dray.client.transfer.BlobFate;
import dev.dray.client.transfer.Traffic;
import dev.dray.model.Digest;
import dev.dray.model.Tag;
import dev.dray.model.image.Descriptor;
import java.time.Duration;
import java.util.List;

/// The result of a push.
///
/// @param blobs every distinct blob, in the order of the manifests. Blobs of an image that the target had under its tag
///     or digest were not queried one by one: they are listed as already there
/// @param tags every requested tag, with its digest now
/// @param traffic requests and bytes of this push alone
public record PushReport(List<PushedBlob> blobs, List<PushedTag> tags, Traffic traffic, Duration duration) {
    public PushReport {
        blobs = List.copyOf(blobs);
        tags = List.copyOf(tags);
    }

    /// A blob, its fate, and whether it is the config of an image.
    public record PushedBlob(Descriptor blob, BlobFate fate, boolean config) {}

    /// A tag of the target.
    ///
    /// @param changed false when the tag had this digest before
    public record PushedTag(Tag tag, Digest digest, boolean changed) {}

    public long uploaded() {
        return count(BlobFate.Uploaded.class);
    }

    public long linked() {
        return count(BlobFate.Linked.class);
    }

    public long alreadyThere() {
        return count(BlobFate.AlreadyThere.class);
    }

    private long count(Class<? extends BlobFate> kind) {
        return blobs.stream().filter(blob -> kind.isInstance(blob.fate())).count();
    }
}
