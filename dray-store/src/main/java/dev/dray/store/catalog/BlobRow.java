package dev.dray.store.catalog;

import dev.dray.model.Digest;
import java.time.Instant;

/// What the catalog knows of a blob.
///
/// @param size length in bytes
/// @param location where its bytes are
/// @param damaged its stored bytes were found not to hash to the digest; a push of the same digest heals it
/// @param touched when it was last put, or last asked for by someone who may be about to reference it
public record BlobRow(Digest digest, long size, BlobLocation location, boolean damaged, Instant touched) {}
