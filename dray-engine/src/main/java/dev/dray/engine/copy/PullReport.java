package dev.dray.engine.copy;

import dev.dray.engine.policy.PolicyReport;
import dev.dray.model.Digest;
import dev.dray.model.Reference;
import java.time.Duration;

/// The result of a pull.
///
/// @param reference the name that now reaches the image in the store: the tag that was asked for, or
///     the digest of the image, which is not that of the index when one image of an index was pulled
/// @param digest of the manifest that the name reaches
/// @param changed false when the store had that image under that name already
/// @param blobs how many blobs the image has
/// @param fetched how many of them were fetched
/// @param bytes how many bytes of blobs were fetched
/// @param referrers how many manifests that refer to the image came with it; their blobs are counted
/// @param policy the changes to its layers
public record PullReport(
        Reference reference,
        Digest digest,
        boolean changed,
        int blobs,
        int fetched,
        long bytes,
        int referrers,
        PolicyReport policy,
        Duration duration) {}
