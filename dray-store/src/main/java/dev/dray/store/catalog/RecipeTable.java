package dev.dray.store.catalog;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How blobs are rebuilt from their layers, or why none of the known ways rebuilds them.
///
/// Recipes are read here; only the store writes them, through [Proofs], once it has proven them.
public interface RecipeTable {
    Optional<Row> find(Digest digest);

    /// The blobs that are made from a layer, in the order of their digests.
    List<Row> of(long layer);

    /// A page of recipes in the order of their digests.
    ///
    /// @param last where the page before ended, exclusive
    List<Row> list(Optional<Digest> last, int limit);

    Optional<Verdict> verdict(Digest digest);

    /// Records a verdict, in place of the one before.
    void putVerdict(Verdict verdict);

    /// @return false when there was none
    boolean deleteVerdict(Digest digest);

    /// A page of verdicts in the order of their digests.
    ///
    /// @param last where the page before ended, exclusive
    List<Verdict> verdicts(Optional<Digest> last, int limit);

    /// How a blob is rebuilt from its layer.
    ///
    /// @param digest of the blob
    /// @param layer number of the layer
    /// @param encoder for people: which one made the blob, `plain` when it is the layer itself
    /// @param bytes the stored form of the recipe
    /// @param proven when the whole blob was last rebuilt from what is on disk, and had its digest
    record Row(Digest digest, long layer, String encoder, RawBytes bytes, Instant proven) {}

    /// Why a blob is kept as it came.
    ///
    /// @param reason for people, one line
    /// @param version of the prover that found none: a newer one may know more
    record Verdict(Digest digest, String reason, String version, Instant at) {}
}
