package dev.dray.client.transport;

/// One entry of a registry's error body (OCI distribution-spec, "Error codes").
///
/// @param code upper snake case: `MANIFEST_BLOB_UNKNOWN`; empty when there was none
/// @param message in the registry's words, shortened
/// @param detail text, or any other JSON value as text; shortened, empty when absent
public record OciError(String code, String message, String detail) {}
