package dev.dray.engine.copy;

/// Options of a push.
///
/// @param allTags whether the names are repositories, all of whose tags are pushed
/// @param referrers whether what refers to the images goes with them
public record PushOptions(boolean allTags, boolean referrers) {
    /// The named images alone.
    public static PushOptions standard() {
        return new PushOptions(false, false);
    }
}
