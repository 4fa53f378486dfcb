package dev.dray.client.transfer;

import dev.dray.model.image.Descriptor;

/// Receives the progress of transfers, for progress bars and logs.
///
/// Called from the transferring threads, several concurrently: implementations are thread safe, fast, and throw
/// nothing. For each blob: `begin`, any number of `advance`, then `done`; no `done` when the transfer failed for good.
public interface TransferListener {
    /// Work on the blob starts; its fate is still open.
    void begin(Descriptor blob);

    /// Reports the transferred bytes of the blob; less than before when a broken upload restarts.
    ///
    /// @param position from 0 to the blob's size
    void advance(Descriptor blob, long position);

    /// The blob has arrived.
    void done(Descriptor blob, BlobFate fate);

    /// Ignores all progress.
    static TransferListener silent() {
        return new TransferListener() {
            @Override
            public void begin(Descriptor blob) {}

            @Override
            public void advance(Descriptor blob, long position) {}

            @Override
            public void done(Descriptor blob, BlobFate fate) {}
        };
    }
}
