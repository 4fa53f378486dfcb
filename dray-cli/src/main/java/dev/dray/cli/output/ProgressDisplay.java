package dev.dray.cli.output;

import dev.dray.engine.policy.LayerChange;
import dev.dray.engine.policy.PolicyListener;
import dev.dray.model.image.Descriptor;

/// Shows users the progress of transfers and of the work on layers. Closing leaves the terminal in a clean state.
public interface ProgressDisplay extends PolicyListener, AutoCloseable {
    @Override
    default void begin(Descriptor blob) {}

    @Override
    default void advance(Descriptor blob, long position) {}

    @Override
    default void step(Descriptor blob, Step step) {}

    @Override
    default void applied(LayerChange change) {}

    @Override
    default void close() {}

    static ProgressDisplay none() {
        return (_, _) -> {};
    }
}
