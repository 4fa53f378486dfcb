package dev.dray.layer.tar.recipe;

import dev.dray.model.Digest;

/// What a stream was, as its recipe ends.
///
/// @param diffId SHA-256 of the whole stream
/// @param size length of the stream in bytes
/// @param headers how many tar headers were found
/// @param references how many contents the recipe names, repetitions counted
/// @param referencedBytes their sizes, summed
public record TarSummary(Digest diffId, long size, long headers, long references, long referencedBytes) {}
