package dev.dray.store;

/// How often tests let the power fail, and with which seeds: `-Ddray.crash.rounds=200` for more than a build has time
/// for, `-Ddray.crash.seed=N` for the first round of one that failed.
final class Crashes {
    static final int ROUNDS = Integer.getInteger("dray.crash.rounds", 8);
    static final long SEED = Long.getLong("dray.crash.seed", System.nanoTime());

    private Crashes() {}

    /// What a test says at its end.
    static String line(int kept) {
        return "%d power failures, seeds from %d, %d kept, 0 lost".formatted(ROUNDS, SEED, kept);
    }
}
