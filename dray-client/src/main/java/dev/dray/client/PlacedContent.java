package dev.dray.client;

import dev.dray.model.Content;

/// Content that several places may have. Each that gives wrong bytes is asked no more, so whoever is told of them can
/// open the content again as long as another place is left.
public interface PlacedContent extends Content {
    /// Whether opening it again, after wrong bytes came, brings others.
    boolean isElsewhere();
}
