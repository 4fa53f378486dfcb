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
    /// The page parameters of a list.
    PAGE
}
