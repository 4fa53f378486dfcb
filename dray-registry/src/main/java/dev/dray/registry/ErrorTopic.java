package dev.dray.registry;

/// The subject of a registry failure; together with the failure's kind it determines the error code that a client
/// receives.
public enum ErrorTopic {
    REPOSITORY,
    BLOB,
    UPLOAD,
    MANIFEST,
    TAG,
    DIGEST,
    SIZE,
    /// A range of a blob that cannot be served, or a chunk that does not follow the previous one.
    RANGE,
    /// Numbers and marks of a list's pages.
    PAGE,
    /// Who is calling.
    LOGIN
}
