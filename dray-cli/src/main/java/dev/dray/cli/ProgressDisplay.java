package dev.dray.cli;

import dev.dray.client.push.TransferListener;
import dev.dray.model.Descriptor;

/// Shows people how transfers go. Closing leaves the screen in order.
interface ProgressDisplay extends TransferListener, AutoCloseable {
    @Override
    default void begin(Descriptor blob) {}

    @Override
    default void advance(Descriptor blob, long position) {}

    @Override
    default void close() {}

    static ProgressDisplay none() {
        return (_, _) -> {};
    }
}
