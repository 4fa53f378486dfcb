package dev.dray.store.collect;

import java.util.EnumMap;
import java.util.Map;

/// The result of a collection: everything that it freed, or in a dry run would free.
///
/// @param amounts by kind; a kind of which there was nothing is absent
/// @param complete false when it was stopped before its end
public record CollectReport(Map<CollectedKind, Amount> amounts, boolean complete) {
    public CollectReport {
        amounts = Map.copyOf(amounts);
    }

    /// @param bytes that they held
    public record Amount(long count, long bytes) {
        static final Amount NOTHING = new Amount(0, 0);

        Amount plus(long more) {
            return new Amount(count + 1, bytes + more);
        }
    }

    public Amount of(CollectedKind kind) {
        return amounts.getOrDefault(kind, Amount.NOTHING);
    }

    /// All bytes that came free.
    public long bytes() {
        return amounts.values().stream().mapToLong(Amount::bytes).sum();
    }

    /// Adds up what a collection frees. Not thread safe.
    static final class Tally {
        private final Map<CollectedKind, Amount> amounts = new EnumMap<>(CollectedKind.class);
        private final CollectListener listener;

        Tally(CollectListener listener) {
            this.listener = listener;
        }

        void add(CollectedKind kind, String name, long bytes) {
            amounts.merge(kind, Amount.NOTHING.plus(bytes), (before, _) -> before.plus(bytes));
            listener.freed(kind, name, bytes);
        }

        CollectReport report(boolean complete) {
            return new CollectReport(amounts, complete);
        }
    }
}
