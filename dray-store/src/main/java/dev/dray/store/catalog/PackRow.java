package dev.dray.store.catalog;

import java.time.Instant;

/// A pack: a file of compressed frames, which hold contents and parts of recipes.
///
/// @param id never used again
/// @param file name in the folder of packs
/// @param size length of the file in bytes
/// @param rawSize bytes of all its frames before compression: the space in which things have their offsets
/// @param generation grows whenever something is taken out of the pack
/// @param damaged some of its bytes were found to be wrong: nothing new counts on it
public record PackRow(
        long id, String file, long size, long rawSize, long generation, boolean damaged, Instant created) {}
