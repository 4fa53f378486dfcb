package dev.dray.registry;

import dev.dray.store.collect.CollectReport;

/// Receives the events of a registry: for logs, audits and metrics.
///
/// Called after the change is durable, on the thread of the request and from several threads concurrently; must not
/// block.
@FunctionalInterface
public interface RegistryListener {
    void happened(RegistryEvent event);

    /// Reports a collection of the registry's own that freed something; not called when it freed nothing.
    default void collected(CollectReport report) {}

    /// Ignores all events.
    static RegistryListener silent() {
        return event -> {};
    }
}
