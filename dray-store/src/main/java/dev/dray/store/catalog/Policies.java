package dev.dray.store.catalog;

import dev.dray.model.ByteSize;
import dev.dray.model.Digest;
import java.util.List;

/// What the operator wants kept of layers: rules, and the manifests whose blobs keep their files whatever the rules
/// say.
public interface Policies {
    /// The rules in their order; the first that fits holds.
    List<Rule> list();

    /// Replaces all rules.
    void set(List<Rule> rules);

    /// True when the manifest is pinned: its blobs keep their files.
    boolean isPinned(Digest manifest);

    /// @return false when it was pinned before
    boolean pin(Digest manifest);

    /// @return false when it was not pinned
    boolean unpin(Digest manifest);

    /// All pinned manifests, in the order of their digests.
    List<Digest> pinned();

    /// True when a pinned manifest references the blob.
    boolean pinHolds(Digest blob);

    /// A rule.
    ///
    /// @param pattern which repositories, as the engine reads it
    /// @param smallest blobs below this size are not meant
    /// @param keep what is kept, as the engine names it
    record Rule(String pattern, ByteSize smallest, String keep) {}
}
