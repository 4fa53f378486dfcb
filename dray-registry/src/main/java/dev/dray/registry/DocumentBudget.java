package dev.dray.registry;

import dev.dray.http.ClientAddress;
import dev.dray.http.ClientBudget;
import dev.dray.model.DrayException;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// How many manifests are in memory at a time, on their way in and out.
///
/// Small ones, and that is nearly all of them, are counted by their bytes. A large one takes many times its bytes when
/// it is parsed, so few come at a time, fewer are parsed, and each has to be here soon. Thread safe.
public final class DocumentBudget {
    /// Up to this many bytes a manifest is small.
    public static final int SMALL = 64 << 10;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration ARRIVAL = Duration.ofSeconds(20);

    private final ClientBudget small;
    private final ClientBudget large;
    private final Semaphore parses;
    private final Semaphore loads;

    DocumentBudget(RegistryLimits limits) {
        this.small = new ClientBudget(limits.documentBytes(), Math.max(SMALL, limits.documentBytes() / 4));
        this.large = new ClientBudget(limits.largeDocuments(), Math.max(1, limits.largeDocuments() / 4));
        this.parses = new Semaphore(limits.parses(), true);
        this.loads = new Semaphore(limits.loads(), true);
    }

    /// Reads a body, which has to be complete within a time.
    @FunctionalInterface
    public interface Reader {
        byte[] read(Duration patience) throws IOException;
    }

    /// What is done with a body.
    @FunctionalInterface
    public interface Work<T> {
        T of(byte[] document) throws IOException;
    }

    /// Reads a document and does `work` with it.
    ///
    /// @param length as announced; without it, it may be a large one
    /// @throws DrayException of kind UNAVAILABLE when too many others are under way
    public <T> T takeIn(ClientAddress client, OptionalLong length, Reader reader, Work<T> work) throws IOException {
        boolean isSmall = length.isPresent() && length.getAsLong() <= SMALL;
        ClientBudget budget = isSmall ? small : large;
        long amount = isSmall ? Math.max(1, length.getAsLong()) : 1;
        if (!budget.takeWithin(PATIENCE, client, amount)) {
            throw busy();
        }
        try {
            byte[] document = reader.read(ARRIVAL);
            return isSmall ? work.of(document) : parsing(document, work);
        } finally {
            budget.give(client, amount);
        }
    }

    private <T> T parsing(byte[] document, Work<T> work) throws IOException {
        acquire(parses, ARRIVAL);
        try {
            return work.of(document);
        } finally {
            parses.release();
        }
    }

    /// Does what reads manifests from the store.
    ///
    /// @throws DrayException of kind UNAVAILABLE when too many others do
    public <T> T load(Supplier<T> work) {
        acquire(loads, PATIENCE);
        try {
            return work.get();
        } finally {
            loads.release();
        }
    }

    /// Does what parses manifests from the store, which may be large ones.
    ///
    /// @throws DrayException of kind UNAVAILABLE when too many others do
    public <T> T parse(Supplier<T> work) {
        acquire(parses, ARRIVAL);
        try {
            return work.get();
        } finally {
            parses.release();
        }
    }

    private static void acquire(Semaphore permits, Duration patience) {
        try {
            if (permits.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw busy();
    }

    private static DrayException busy() {
        return new DrayException(
                DrayException.Kind.UNAVAILABLE, "too many manifests are under way at the moment, try again");
    }
}
