package dev.dray.seeds;

import java.util.Random;

/// Gives random tests their seeds: prints the one that a test uses, and takes it from `-Ddray.seed=N` to repeat a run.
///
/// Without the property every run has seeds of its own. Tests that need several derive them from one: `seed + round`.
/// The property reaches the tests of every module through Maven; [#property] hands it to a JVM that a test starts.
public final class Seeds {
    private static final String PROPERTY = "dray.seed";

    private Seeds() {}

    /// The seed of one test class, printed beside its name.
    public static long of(Class<?> test) {
        long seed = Long.getLong(PROPERTY, new Random().nextLong() >>> 16);
        System.out.printf("%s: seed %d, again with -D%s=%2$d%n", test.getSimpleName(), seed, PROPERTY);
        return seed;
    }

    /// The flag that gives another JVM this seed: its [#of] answers with it.
    public static String property(long seed) {
        return "-D" + PROPERTY + "=" + seed;
    }
}
