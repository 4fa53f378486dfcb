package dev.dray.registry.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// Counts things by key, each count going down again by one in every period. So many keys are kept; the one that was
/// longest not counted goes first. Thread safe.
final class LeakyCounts<K> {
    private static final int MOST = 10_000;

    private record Count(double value, long at) {}

    private final long periodNanos;
    private final LongSupplier nanoTime;
    private final Map<K, Count> counts = new LinkedHashMap<>();

    LeakyCounts(Duration period, LongSupplier nanoTime) {
        this.periodNanos = period.toNanos();
        this.nanoTime = nanoTime;
    }

    synchronized void add(K key) {
        double value = of(key) + 1;
        counts.remove(key);
        counts.put(key, new Count(value, nanoTime.getAsLong()));
        if (counts.size() > MOST) {
            counts.remove(counts.keySet().iterator().next());
        }
    }

    synchronized double of(K key) {
        Count count = counts.get(key);
        if (count == null) {
            return 0;
        }
        return Math.max(0, count.value() - (double) (nanoTime.getAsLong() - count.at()) / periodNanos);
    }
}
