package dev.dray.client.transfer;

import dev.dray.model.RepositoryName;

/// The outcome of one blob's transfer.
public sealed interface BlobFate {
    /// Its bytes were sent.
    record Uploaded() implements BlobFate {}

    /// The registry linked it from another of its repositories; no bytes were sent.
    record Linked(RepositoryName from) implements BlobFate {}

    /// The target had it before.
    record AlreadyThere() implements BlobFate {}

    /// Its bytes were downloaded; never part of a push.
    record Downloaded() implements BlobFate {}
}
