package dev.dray.store.process;

import dev.dray.store.catalog.Catalog;
import dev.dray.store.catalog.ProcessId;
import dev.dray.store.filesystem.ProcessLocks;
import dev.dray.store.filesystem.QuietDelete;
import dev.dray.store.filesystem.StoreFailure;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// This opened store, as other processes see it: a row, and a lock that ends with it. A store that only reads never
/// makes either. Thread safe.
public final class LocalProcess implements AutoCloseable {
    private final Catalog catalog;
    private final ProcessLocks locks;
    private final AtomicLong counter = new AtomicLong();
    private @Nullable ProcessId id;
    private volatile boolean untidy;

    public LocalProcess(Catalog catalog, ProcessLocks locks) {
        this.catalog = catalog;
        this.locks = locks;
    }

    /// The number of this process, taken at the first call.
    public synchronized ProcessId id() {
        ProcessId known = id;
        if (known == null) {
            known = register();
            id = known;
        }
        return known;
    }

    /// Takes the lock before the row can be seen, for a row without a lock would be a dead process: draws a number,
    /// takes its lock, and records the row unless the number was given to another meanwhile.
    private ProcessId register() {
        while (true) {
            ProcessId drawn = lockNext();
            boolean added;
            try {
                added = catalog.write(transaction -> transaction.processes().add(drawn));
            } catch (RuntimeException | Error e) {
                QuietDelete.quietly("a lock file", () -> locks.leave(drawn.toString()));
                throw e;
            }
            if (added) {
                return drawn;
            }
            QuietDelete.quietly("a lock file", () -> locks.release(drawn.toString()));
        }
    }

    /// The lock of the next number that nobody has, nor is about to record.
    private ProcessId lockNext() {
        ProcessId next = catalog.read(transaction -> transaction.processes().next());
        try {
            while (!locks.acquire(next.toString())) {
                next = new ProcessId(next.value() + 1);
            }
            return next;
        } catch (IOException e) {
            throw StoreFailure.of("cannot make the lock file of this process", e);
        }
    }

    /// A part of a name that no process ever used before.
    public String nextSequence() {
        return id() + "-" + counter.incrementAndGet();
    }

    public boolean isThis(ProcessId process) {
        return process.equals(id());
    }

    /// True while `process` lives.
    public boolean isAlive(ProcessId process) {
        try {
            return locks.isAlive(process.toString());
        } catch (IOException e) {
            throw StoreFailure.of("cannot ask whether process " + process + " of the store lives", e);
        }
    }

    /// Leaves a file that may or may not have a row to the next start, which can tell.
    public void leaveOrphan() {
        untidy = true;
    }

    /// Ends leases and gives uploads free. After an unclear end of a commit the row stays, as after a crash.
    public synchronized void leave() {
        ProcessId known = id;
        if (known != null && !untidy) {
            catalog.change(transaction -> transaction.processes().remove(known));
        }
    }

    /// Gives up the lock: once the catalog is closed, and no row of a file of ours can come any more.
    @Override
    public synchronized void close() {
        ProcessId known = id;
        id = null;
        if (known != null) {
            QuietDelete.quietly("a lock file", () -> locks.release(known.toString()));
        }
    }
}
