package dev.dray.store;

import dev.dray.seeds.Seeds;

/// How often tests let the power fail, and with which seeds: `-Ddray.crash.rounds=200` for more than a build has time
/// for, `-Ddray.seed=N` for the first round of one that failed.
final class Crashes {
    static final int ROUNDS = Integer.getInteger("dray.crash.rounds", 8);
    static final long SEED = Seeds.of(Crashes.class);

    private Crashes() {}

    /// Whether there is one more round: some more than [#ROUNDS] where what a test must see was not seen yet.
    static boolean more(int round, boolean seen) {
        return round < ROUNDS || (!seen && round < 10 * ROUNDS);
    }

    /// What a test says at its end.
    static String line(int kept) {
        return "%d power failures, seeds from %d, %d kept, 0 lost".formatted(ROUNDS, SEED, kept);
    }
}
