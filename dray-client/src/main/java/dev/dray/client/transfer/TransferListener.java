package dev.dray.client.transfer;

import dev.dray.model.image.Descriptor;

/// Hears how transfers go, for progress bars and logs.
///
/// Called from the transferring threads, several at once: implementations are thread safe, fast, and throw nothing.
/// For each blob: `begin`, any number of `advance`, then `done`; no `done` when the transfer failed for good.
public interface TransferListener {
    /// Work on the blob starts; nothing is known yet of what will be done.
    void begin(Descriptor blob);

    /// So many of the blob's bytes have been transferred; less than before when a broken upload starts again.
    ///
    /// @param position from 0 to the blob's size
    void advance(Descriptor blob, long position);

    /// The blob is where it was wanted.
    void done(Descriptor blob, BlobFate fate);

    /// Hears nothing.
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
