package dev.dray.layer.tar.recipe;

import dev.dray.model.Digest;

/// The summary of a stream, at the end of its recipe.
///
/// @param diffId SHA-256 of the whole stream
/// @param size length of the stream in bytes
/// @param headers how many tar headers were found
/// @param references how many contents the recipe names, repetitions counted
/// @param referencedBytes their sizes, summed
public record TarSummary(Digest diffId, long size, long headers, long references, long referencedBytes) {}
