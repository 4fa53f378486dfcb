package dev.dray.engine.copy;

import dev.dray.engine.policy.PolicyReport;
import dev.dray.model.Digest;
import dev.dray.model.Reference;
import java.time.Duration;

/// What a pull did.
///
/// @param reference the name that now reaches the image in the store: the tag that was asked for, else
///     the digest of the image, which is not that of the index when one image of an index was pulled
/// @param digest of the manifest that the name reaches
/// @param changed false when the store had that image under that name already
/// @param blobs how many blobs the image has
/// @param fetched how many of them were fetched
/// @param bytes how many bytes of blobs were fetched
/// @param referrers how many manifests that refer to the image came with it; their blobs are counted
/// @param kept how its layers are kept
public record PullReport(
        Reference reference,
        Digest digest,
        boolean changed,
        int blobs,
        int fetched,
        long bytes,
        int referrers,
        PolicyReport kept,
        Duration duration) {}
