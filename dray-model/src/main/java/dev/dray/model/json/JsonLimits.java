package dev.dray.model.json;

/// How much of a stranger's document is read before it is refused.
///
/// @param bytes longest document, in bytes
/// @param depth deepest nesting of objects and arrays
/// @param values most values, so that a document of tiny values cannot take a hundred times its size in memory
public record JsonLimits(int bytes, int depth, int values) {
    /// For manifests, indexes and configs: 4 MiB is what the OCI distribution-spec asks registries to take.
    public static final JsonLimits DOCUMENT = new JsonLimits(4 << 20, 64, 400_000);

    /// For replies of token servers, error bodies and settings.
    public static final JsonLimits MESSAGE = new JsonLimits(1 << 20, 32, 50_000);
}
