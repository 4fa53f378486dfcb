package dev.dray.cli;

import dev.dray.engine.keep.KeepListener;
import dev.dray.engine.keep.KeptLayer;
import dev.dray.model.Descriptor;

/// Shows people how transfers go, and what is done with layers beside them. Closing leaves the screen in order.
interface ProgressDisplay extends KeepListener, AutoCloseable {
    @Override
    default void begin(Descriptor blob) {}

    @Override
    default void advance(Descriptor blob, long position) {}

    @Override
    default void step(Descriptor blob, Step step) {}

    @Override
    default void kept(KeptLayer layer) {}

    @Override
    default void close() {}

    static ProgressDisplay none() {
        return (_, _) -> {};
    }
}
