package dev.dray.registry;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import java.util.Collection;
import java.util.List;

/// A manifest references content that its repository lacks; lists all of it, each digest once.
public final class MissingContent extends DrayException {
    private static final long serialVersionUID = 1L;

    private final transient List<Digest> digests;

    MissingContent(Collection<Digest> digests) {
        super(Kind.INVALID, "the manifest names %d contents unknown to the repository".formatted(digests.size()));
        this.digests = List.copyOf(digests);
    }

    /// In the order of the manifest.
    public List<Digest> digests() {
        return digests;
    }
}
