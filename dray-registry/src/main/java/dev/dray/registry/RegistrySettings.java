package dev.dray.registry;

import java.time.Duration;

/// How a registry behaves where tastes differ.
///
/// @param uploadLifetime how long an upload session may lie idle
public record RegistrySettings(Duration uploadLifetime) {
    /// A day.
    public static final RegistrySettings DEFAULT = new RegistrySettings(Duration.ofHours(24));
}
