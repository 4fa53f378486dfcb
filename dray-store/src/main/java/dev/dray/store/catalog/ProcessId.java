package dev.dray.store.catalog;

/// A process that works on the store, by a number that is never used again.
public record ProcessId(long value) {
    @Override
    public String toString() {
        return Long.toString(value);
    }
}
