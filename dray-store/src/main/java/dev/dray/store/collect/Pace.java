package dev.dray.store.collect;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Sets the pace of a collection, and can stop it from another thread.
record Pace(Duration pause, CountDownLatch stopped, CollectListener listener) {
    /// Waits for the moment of the next step.
    ///
    /// @return false when there is to be none
    boolean next() {
        try {
            return listener.goOn() && !stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
