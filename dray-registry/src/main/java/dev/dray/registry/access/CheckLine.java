package dev.dray.registry.access;

import dev.dray.http.ClientAddress;
import dev.dray.http.ClientBudget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The line of those whose passwords are to be checked, a few at a time: each check is hard work by design.
///
/// Those who have failed least, and have fewest of their own before them, come first; then those who came first. So
/// many may stand in it, and of one address only
/// some when it is long. Thread safe.
final class CheckLine {
    static final int MOST_WAITING = 64;

    /// @param rank failures of the client, and those of it that were in the line before
    private record Waiter(ClientAddress client, double rank, long ticket) {}

    private static final Comparator<Waiter> ORDER =
            Comparator.comparingDouble(Waiter::rank).thenComparingLong(Waiter::ticket);

    private final ClientBudget places = new ClientBudget(MOST_WAITING, MOST_WAITING / 8);
    private final int most;
    private final List<Waiter> line = new ArrayList<>();
    private long tickets;
    private int running;

    /// @param most checks at a time
    CheckLine(int most) {
        this.most = most;
    }

    /// Waits for the turn; then [#leave] has to be called.
    ///
    /// @return false when the line is too long, or the turn did not come in time
    boolean enter(ClientAddress client, double failures, Duration patience) {
        if (!places.take(client, 1)) {
            return false;
        }
        boolean entered = false;
        try {
            entered = awaitTurn(client, failures, System.nanoTime() + patience.toNanos());
            return entered;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            places.give(client, 1);
        }
    }

    private synchronized boolean awaitTurn(ClientAddress client, double failures, long end)
            throws InterruptedException {
        long before =
                line.stream().filter(waiter -> waiter.client().equals(client)).count();
        Waiter self = new Waiter(client, failures + before, tickets++);
        line.add(self);
        try {
            while (running >= most || !isFirst(self)) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
            running++;
            return true;
        } finally {
            line.remove(self);
            notifyAll();
        }
    }

    private boolean isFirst(Waiter self) {
        return line.stream().min(ORDER).filter(self::equals).isPresent();
    }

    synchronized void leave() {
        running--;
        notifyAll();
    }
}
