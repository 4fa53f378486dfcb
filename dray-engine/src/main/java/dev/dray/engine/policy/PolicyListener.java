package dev.dray.engine.policy;

import dev.dray.client.transfer.BlobFate;
import dev.dray.client.transfer.TransferListener;
import dev.dray.model.image.Descriptor;

/// Hears how the policy is applied to layers, beside how blobs are transferred.
///
/// Called from several threads at once: implementations are thread safe, fast, and throw nothing.
public interface PolicyListener extends TransferListener {
    /// A step of the work on a layer begins.
    void step(Descriptor blob, Step step);

    /// The layer has the form that is required of it.
    void applied(LayerChange change);

    /// The steps of the work on a layer beside its transfer.
    enum Step {
        /// All bytes have arrived; the last of them are being split.
        SPLITTING,
        /// The blob is rebuilt in full from the disk, and compared.
        PROVING,
        /// Its file is rebuilt.
        RESTORING
    }

    /// Passes events of transfers on, and those of the policy when `transfers` is a [PolicyListener] as well.
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
            public void applied(LayerChange change) {}
        };
    }
}
