package dev.dray.registry;

/// Hears what happens in a registry: for logs, audits and counts.
///
/// Called after the change is durable, on the thread of the request, by several threads at a time; must not
/// block.
@FunctionalInterface
public interface RegistryListener {
    void happened(RegistryEvent event);

    /// Hears nothing.
    static RegistryListener silent() {
        return event -> {};
    }
}
