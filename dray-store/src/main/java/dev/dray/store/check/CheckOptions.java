package dev.dray.store.check;

/// How thorough a check is.
///
/// @param deep whether every byte is read and compared with its digest, and not only lengths
/// @param repair whether to repair: strange files move to `quarantine/`, lost links and places of contents
///     are written again. That bytes are damaged is always noted in the catalog
public record CheckOptions(boolean deep, boolean repair) {}
