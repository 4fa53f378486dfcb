package dev.dray.store;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// How long tests go on whose work is random or concurrent: until what they must see was seen, and never for ever.
final class Steps {
    /// More than any of them takes on a machine that is busy with other things.
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private Steps() {}

    /// Something that is done over and over.
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }

    /// Something that is tried over and over.
    @FunctionalInterface
    interface Attempt<T> {
        Optional<T> run() throws IOException, InterruptedException;
    }

    /// Takes a number of steps, and then more until `seen`. The caller asserts that it was.
    static void run(int atLeast, BooleanSupplier seen, Step step) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (int i = 0; i < atLeast || (!seen.getAsBoolean() && System.nanoTime() < end); i++) {
            step.run();
        }
    }

    /// Tries until there is an answer.
    static <T> T await(String what, Attempt<T> attempt) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Optional<T> answer = attempt.run();
            if (answer.isPresent()) {
                return answer.get();
            }
            Thread.sleep(1);
        }
        throw new AssertionError(what + " did not happen within " + PATIENCE);
    }
}
