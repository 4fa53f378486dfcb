package dev.dray.model.json;

/// Limits on documents from strangers.
///
/// @param bytes longest document, in bytes
/// @param depth deepest nesting of objects and arrays
/// @param values most values, so that a document of tiny values cannot take a hundred times its size in memory
public record JsonLimits(int bytes, int depth, int values) {
    /// For manifests, indexes and configs: the OCI distribution-spec asks registries to accept 4 MiB.
    public static final JsonLimits DOCUMENT = new JsonLimits(4 << 20, 64, 400_000);

    /// For replies of token servers, error bodies and settings.
    public static final JsonLimits MESSAGE = new JsonLimits(1 << 20, 32, 50_000);
}
