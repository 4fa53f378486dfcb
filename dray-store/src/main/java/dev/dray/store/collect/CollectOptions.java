package dev.dray.store.collect;

import java.time.Duration;

/// How a collection goes about it.
///
/// @param grace how long something may lie without a reference: who has asked for a blob, or sent it, has that time to
///     reference it. Asking counts once an hour, so less than two hours promise nothing to those who only ask
/// @param untagged whether manifests go that no tag leads to, neither by an index nor as a referrer
/// @param dryRun whether nothing is changed, and only reported
/// @param pause between two steps, for the sake of others
public record CollectOptions(Duration grace, boolean untagged, boolean dryRun, Duration pause) {
    public CollectOptions {
        if (grace.isNegative() || pause.isNegative()) {
            throw new IllegalArgumentException("neither grace nor pause can be negative");
        }
    }

    /// Keeps untagged manifests, changes what it reports, and does not pause.
    public static CollectOptions after(Duration grace) {
        return new CollectOptions(grace, false, false, Duration.ZERO);
    }

    public CollectOptions withUntagged(boolean wanted) {
        return new CollectOptions(grace, wanted, dryRun, pause);
    }

    public CollectOptions withDryRun(boolean wanted) {
        return new CollectOptions(grace, untagged, wanted, pause);
    }

    public CollectOptions withPause(Duration between) {
        return new CollectOptions(grace, untagged, dryRun, between);
    }
}
