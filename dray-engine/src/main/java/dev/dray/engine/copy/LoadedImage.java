package dev.dray.engine.copy;

import dev.dray.model.Digest;
import dev.dray.model.Reference;
import java.util.Optional;

/// An image that was loaded from an archive, under one of its names.
///
/// @param name empty when the archive has none for it: it is found by its ID
/// @param id as docker has it
/// @param digest of its manifest
/// @param changed false when the store had that image under that name already
/// @param blobs how many blobs the image has
/// @param fetched how many of them the store lacked; what it had was not read
/// @param bytes of those
/// @param referrers how many manifests that refer to the image came with it
public record LoadedImage(
        Optional<Reference> name,
        Digest id,
        Digest digest,
        boolean changed,
        int blobs,
        int fetched,
        long bytes,
        int referrers) {}
