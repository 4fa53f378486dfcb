package dev.dray.engine.policy;

import dev.dray.client.transfer.BlobFate;
import dev.dray.client.transfer.TransferListener;
import dev.dray.model.image.Descriptor;

/// Hears how layers are brought to what is wanted of them, beside how blobs are transferred.
///
/// Called from several threads at once: implementations are thread safe, fast, and throw nothing.
public interface PolicyListener extends TransferListener {
    /// A step of the work on a layer begins.
    void step(Descriptor blob, Step step);

    /// The layer is kept as it shall be.
    void kept(StoredLayer layer);

    /// What is done with a layer beside its transfer.
    enum Step {
        /// All bytes have arrived, the last of them are still taken apart.
        SPLITTING,
        /// The blob is made again in full from what is on the disk, and compared.
        PROVING,
        /// Its file is made again.
        RESTORING
    }

    /// Passes on what it hears of transfers, and of keeping when `transfers` wants to hear that too.
    static PolicyListener of(TransferListener transfers) {
        if (transfers instanceof PolicyListener both) {
            return both;
        }
        return new PolicyListener() {
            @Override
            public void begin(Descriptor blob) {
                transfers.begin(blob);
            }

            @Override
            public void advance(Descriptor blob, long position) {
                transfers.advance(blob, position);
            }

            @Override
            public void done(Descriptor blob, BlobFate fate) {
                transfers.done(blob, fate);
            }

            @Override
            public void step(Descriptor blob, Step step) {}

            @Override
            public void kept(StoredLayer layer) {}
        };
    }
}
