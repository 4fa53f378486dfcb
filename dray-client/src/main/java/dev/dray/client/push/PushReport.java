package dev.dray.client.push;

import dev.dray.client.transfer.BlobFate;
import dev.dray.client.transfer.Traffic;
import dev.dray.model.Digest;
import dev.dray.model.Tag;
import dev.dray.model.image.Descriptor;
import java.time.Duration;
import java.util.List;

/// What a push did.
///
/// @param blobs every distinct blob that was looked at, in the order of the manifests. Blobs of an image that was found
///     in place by its tag or digest were not looked at one by one: they are listed as already there
/// @param tags every tag asked for, with the digest that it has now
/// @param traffic requests and bytes of this push alone
public record PushReport(List<PushedBlob> blobs, List<PushedTag> tags, Traffic traffic, Duration duration) {
    public PushReport {
        blobs = List.copyOf(blobs);
        tags = List.copyOf(tags);
    }

    /// A blob, what came of it, and whether it is the config of an image.
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
