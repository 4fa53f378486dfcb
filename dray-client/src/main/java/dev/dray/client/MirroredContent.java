package dev.dray.client;

import dev.dray.model.Content;

/// Content that several hosts may have. A host that sent wrong bytes is not used again, so after a failed check the
/// content can be reopened as long as another host is left.
public interface MirroredContent extends Content {
    /// Whether reopening after a failed check reads from another host.
    boolean hasAlternative();
}
