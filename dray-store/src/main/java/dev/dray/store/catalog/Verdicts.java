package dev.dray.store.catalog;

import dev.dray.model.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Which blobs no recipe makes, and why.
public interface Verdicts {
    Optional<Verdict> find(Digest digest);

    /// Records a verdict, in place of the one before.
    void put(Verdict verdict);

    /// @return false when there was none
    boolean delete(Digest digest);

    /// A page of verdicts in the order of their digests.
    ///
    /// @param last where the page before ended, exclusive
    List<Verdict> list(Optional<Digest> last, int limit);

    /// Why a blob is kept as it came.
    ///
    /// @param reason for people, one line
    /// @param version of the prover that found none: a newer one may know more
    record Verdict(Digest digest, String reason, String version, Instant at) {}
}
