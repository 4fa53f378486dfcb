package dev.dray.client.transfer;

import dev.dray.model.RepositoryName;

/// How a blob came to be where it was wanted.
public sealed interface BlobFate {
    /// Its bytes were sent.
    record Uploaded() implements BlobFate {}

    /// The registry linked it from another of its repositories; no bytes were sent.
    record Linked(RepositoryName from) implements BlobFate {}

    /// It was there before.
    record AlreadyThere() implements BlobFate {}

    /// Its bytes were fetched; never part of a push.
    record Downloaded() implements BlobFate {}
}
