package dev.dray.cli;

import dev.dray.client.push.BlobFate;
import dev.dray.client.push.TransferListener;
import dev.dray.model.Descriptor;

/// Shows people how transfers go. Closing leaves the screen in order.
interface ProgressDisplay extends TransferListener, AutoCloseable {
    @Override
    default void close() {}

    static ProgressDisplay none() {
        return new ProgressDisplay() {
            @Override
            public void begin(Descriptor blob) {}

            @Override
            public void advance(Descriptor blob, long position) {}

            @Override
            public void done(Descriptor blob, BlobFate fate) {}
        };
    }

    /// What became of a blob, in words.
    static String words(BlobFate fate) {
        return switch (fate) {
            case BlobFate.Uploaded() -> "uploaded";
            case BlobFate.Downloaded() -> "downloaded";
            case BlobFate.AlreadyThere() -> "already there";
            case BlobFate.Linked(var from) -> "linked from " + from;
        };
    }
}
