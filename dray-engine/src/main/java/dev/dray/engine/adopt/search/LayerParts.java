package dev.dray.engine.adopt.search;

import dev.dray.layer.recipe.BlobRecipe;
import dev.dray.model.ByteSource;
import dev.dray.model.Digest;

/// The parts that a layer's blob is rebuilt from.
///
/// @param diffId of the tar
/// @param plain the tar, as it can be put together from the engine's store
/// @param recipe that has rebuilt the blob from it
public record LayerParts(Digest diffId, ByteSource plain, BlobRecipe recipe) {}
