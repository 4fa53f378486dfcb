package dev.dray.engine.adopt.search;

import dev.dray.layer.recipe.BlobRecipe;
import dev.dray.model.ByteSource;
import dev.dray.model.Digest;

/// What the blob of a layer is made of.
///
/// @param diffId of the tar
/// @param plain the tar, as it can be put together from the engine's store
/// @param recipe that has made the blob from it
public record LayerParts(Digest diffId, ByteSource plain, BlobRecipe recipe) {}
