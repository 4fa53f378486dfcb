package dev.dray.cli.output;

import dev.dray.client.transfer.BlobFate;
import dev.dray.model.ByteSize;
import dev.dray.model.image.Descriptor;

/// The activity of a command, which determines the words of its progress.
public enum Activity {
    pulling,
    pushing,
    copying,
    saving,
    loading,
    verifying,
    converting;

    /// The line for a completed blob.
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
            case BlobFate.Linked(var from) -> "mounted from " + from;
        };
    }
}
