package dev.dray.store;

import dev.dray.model.Content;

/// A blob of the store, wherever its bytes are. Thread safe; valid as long as a reference or a lease keeps the
/// blob.
///
/// [#file] is present when the bytes are a file of their own, and can be sent from there without copying. [#open]
/// fails with [java.io.IOException] when the stored bytes are gone or shorter than they should be.
public sealed interface Blob extends Content permits InlineBlob, FileBlob {}
