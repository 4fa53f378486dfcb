package dev.dray.store.catalog;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import java.time.Instant;

/// How a blob is made from its layer.
///
/// @param digest of the blob
/// @param layer number of the layer
/// @param encoder for people: which one made the blob, `plain` when it is the layer itself
/// @param bytes the stored form of the recipe
/// @param proven when the whole blob was last made from what is on disk, and had its digest
public record RecipeRow(Digest digest, long layer, String encoder, RawBytes bytes, Instant proven) {}
