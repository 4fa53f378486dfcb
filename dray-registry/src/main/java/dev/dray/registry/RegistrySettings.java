package dev.dray.registry;

import dev.dray.store.StoreKind;
import dev.dray.store.collect.CollectOptions;
import java.time.Duration;

/// The settings of a registry.
///
/// @param uploadLifetime how long an upload session may be idle
/// @param collecting how the collector runs
/// @param betweenCollections pause from the end of one collection to the start of the next
public record RegistrySettings(Duration uploadLifetime, CollectOptions collecting, Duration betweenCollections) {
    /// The pause after each step of a collection, which leaves the catalog to requests.
    private static final Duration PAUSE = Duration.ofMillis(20);

    /// A day for upload sessions and for unreferenced content, and a collection every hour; untagged manifests
    /// stay.
    public static final RegistrySettings DEFAULT = new RegistrySettings(
            Duration.ofHours(24),
            CollectOptions.after(StoreKind.REGISTRY.grace()).withPause(PAUSE),
            Duration.ofHours(1));

    /// The same settings with another grace, and with or without removal of untagged manifests.
    public RegistrySettings collecting(Duration grace, boolean untagged) {
        return new RegistrySettings(
                uploadLifetime,
                CollectOptions.after(grace).withUntagged(untagged).withPause(PAUSE),
                betweenCollections);
    }

    public RegistrySettings withBetweenCollections(Duration between) {
        return new RegistrySettings(uploadLifetime, collecting, between);
    }
}
