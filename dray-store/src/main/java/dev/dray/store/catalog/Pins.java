package dev.dray.store.catalog;

import dev.dray.model.Digest;
import java.util.List;

/// The manifests whose blobs keep their files, whatever the policy says.
public interface Pins {
    boolean contains(Digest manifest);

    /// @return false when it was pinned before
    boolean add(Digest manifest);

    /// @return false when it was not pinned
    boolean remove(Digest manifest);

    /// All of them, in the order of their digests.
    List<Digest> list();

    /// True when a pinned manifest references the blob.
    boolean hold(Digest blob);
}
