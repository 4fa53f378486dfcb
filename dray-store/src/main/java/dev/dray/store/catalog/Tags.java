package dev.dray.store.catalog;

import dev.dray.model.Digest;
import dev.dray.model.Tag;
import java.util.List;
import java.util.Optional;

/// The tags of one repository.
public interface Tags {
    Optional<Digest> find(Tag tag);

    /// Points `tag` at a manifest of this repository.
    ///
    /// @return where it pointed before
    /// @throws dev.dray.model.DrayException of kind NOT_FOUND when the manifest is not in this repository
    Optional<Digest> set(Tag tag, Digest manifest);

    /// @return false when there was no such tag
    boolean delete(Tag tag);

    /// A page of tags in ASCII order.
    ///
    /// @param last where the page before ended, exclusive; it need not exist
    List<Entry> list(Optional<Tag> last, int limit);

    /// The tags that point at `manifest`, in ASCII order.
    List<Tag> of(Digest manifest);

    /// A tag and the manifest that it points to.
    record Entry(Tag tag, Digest manifest) {}
}
