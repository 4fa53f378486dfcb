package dev.dray.client.transport;

/// One entry of a registry's error body (OCI distribution-spec, "Error codes").
///
/// @param code upper snake case: `MANIFEST_BLOB_UNKNOWN`; empty when there was none
/// @param message as the registry worded it, shortened
/// @param detail text, or the JSON of whatever it is; shortened, empty when absent
public record OciError(String code, String message, String detail) {}
