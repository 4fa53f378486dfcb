package dev.dray.engine.layers;

/// Hears of the progress of work. Called from one thread.
public interface LayersListener {
    /// Hears nothing.
    LayersListener SILENT = (source, step, done, total) -> {};

    /// A step is under way.
    ///
    /// @param source the blob's name
    /// @param done bytes that the step has read, from 0
    /// @param total all that it will read, or 0 where the step does not say
    void advance(String source, Step step, long done, long total);

    /// The steps of the work on a blob, in order.
    enum Step {
        FETCH,
        SPLIT,
        PROVE,
        REBUILD
    }
}
