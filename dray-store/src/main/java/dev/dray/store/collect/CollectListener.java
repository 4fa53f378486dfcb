package dev.dray.store.collect;

/// Hears of each thing that a collection frees, or in a dry run would free.
@FunctionalInterface
public interface CollectListener {
    /// Hears nothing.
    CollectListener NONE = (kind, name, bytes) -> {};

    /// Called when it is durable, on the thread that collects.
    ///
    /// @param name a digest, a path below the store, or what else tells one from the other
    /// @param bytes how many it held
    void freed(CollectedKind kind, String name, long bytes);

    /// Asked before each step.
    ///
    /// @return false to end the collection there
    default boolean goOn() {
        return true;
    }
}
