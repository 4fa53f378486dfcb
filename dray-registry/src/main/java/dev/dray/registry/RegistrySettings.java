package dev.dray.registry;

import dev.dray.store.StoreKind;
import dev.dray.store.collect.CollectOptions;
import java.time.Duration;

/// The settings of a registry.
///
/// @param uploadLifetime how long an upload session may lie idle
/// @param collecting how what nobody needs is freed
/// @param betweenCollections how long after a collection the next one begins
/// @param limits what callers may have under way
public record RegistrySettings(
        Duration uploadLifetime, CollectOptions collecting, Duration betweenCollections, RegistryLimits limits) {
    /// So that a collection takes little of what requests need.
    private static final Duration PAUSE = Duration.ofMillis(20);

    /// A day for upload sessions and for unreferenced content, and a collection every hour; untagged manifests
    /// stay.
    public static final RegistrySettings DEFAULT = new RegistrySettings(
            Duration.ofHours(24),
            CollectOptions.after(StoreKind.REGISTRY.grace()).withPause(PAUSE),
            Duration.ofHours(1),
            RegistryLimits.DEFAULT);

    /// The same settings with another grace, and with or without removal of untagged manifests.
    public RegistrySettings collecting(Duration grace, boolean untagged) {
        return new RegistrySettings(
                uploadLifetime,
                CollectOptions.after(grace).withUntagged(untagged).withPause(PAUSE),
                betweenCollections,
                limits);
    }

    public RegistrySettings withBetweenCollections(Duration between) {
        return new RegistrySettings(uploadLifetime, collecting, between, limits);
    }

    public RegistrySettings withLimits(RegistryLimits limits) {
        return new RegistrySettings(uploadLifetime, collecting, betweenCollections, limits);
    }
}
