package dev.dray.cli.output;

import dev.dray.client.transfer.BlobFate;
import dev.dray.model.ByteSize;
import dev.dray.model.image.Descriptor;

/// What a command does with blobs, in the words in which progress tells of it.
public enum Activity {
    pulling,
    pushing,
    copying,
    saving,
    loading,
    verifying,
    converting;

    /// The line for a blob that is done.
    String done(Descriptor blob, BlobFate fate) {
        String outcome = this == verifying ? "verified" : outcome(fate);
        return "%s: %s (%s)".formatted(blob.digest().shortHex(), outcome, ByteSize.ofBytes(blob.size()));
    }

    private String outcome(BlobFate fate) {
        return switch (fate) {
            case BlobFate.Uploaded() -> "uploaded";
            case BlobFate.Downloaded() ->
                switch (this) {
                    case copying -> "copied";
                    case saving -> "saved";
                    case loading -> "loaded";
                    case pulling, pushing, verifying, converting -> "downloaded";
                };
            case BlobFate.AlreadyThere() -> "already there";
            case BlobFate.Linked(var from) -> "linked from " + from;
        };
    }
}
