package dev.dray.store.blob;

import dev.dray.model.Content;

/// A blob of the store, wherever its bytes are. Thread safe; valid as long as a reference or a lease keeps the
/// blob.
///
/// [#file] is present when the bytes are a file of their own, and can be sent from there without
/// copying; should the file be gone when it is opened, because the blob is kept otherwise by now,
/// [#open] still gives the bytes. [#open], or reading, fails with [java.io.IOException] when the stored
/// bytes are gone, shorter than they should be, or cannot be rebuilt.
public sealed interface Blob extends Content permits InlineBlob, FileBlob, RebuiltBlob {}
