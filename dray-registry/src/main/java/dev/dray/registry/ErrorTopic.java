package dev.dray.registry;

/// What a failure of the registry is about; with the kind of the failure it tells which code a client gets.
public enum ErrorTopic {
    REPOSITORY,
    BLOB,
    UPLOAD,
    MANIFEST,
    TAG,
    DIGEST,
    SIZE,
    /// A part of a blob that cannot be given, or a chunk that does not follow the one before.
    RANGE,
    /// Numbers and marks of a list's pages.
    PAGE
}
