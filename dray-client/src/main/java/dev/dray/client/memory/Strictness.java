package dev.dray.client.memory;

/// How far a registry's answer to the PUT of a manifest can be relied on.
public enum Strictness {
    /// It once refused a manifest and listed everything that was missing: its 201 means that all is there.
    STRICT,

    /// Nothing is known yet.
    UNPROVEN,

    /// It took a manifest whose content was missing, or did not list all that was missing.
    LAX
}
