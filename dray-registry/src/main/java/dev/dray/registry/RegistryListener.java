package dev.dray.registry;

import dev.dray.store.collect.CollectReport;

/// Hears what happens in a registry: for logs, audits and counts.
///
/// Called after the change is durable, on the thread of the request, by several threads at a time; must not
/// block.
@FunctionalInterface
public interface RegistryListener {
    void happened(RegistryEvent event);

    /// Hears what the registry freed by itself of what nobody needs any more; never of nothing.
    default void collected(CollectReport report) {}

    /// Hears nothing.
    static RegistryListener silent() {
        return event -> {};
    }
}
