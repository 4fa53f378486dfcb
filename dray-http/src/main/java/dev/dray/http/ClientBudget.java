package dev.dray.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Something of which there is so much, and of which many clients take.
///
/// Up to three quarters anybody takes what they want. Above, a client that has its share gets no more, so that
/// something is left for others. Thread safe.
public final class ClientBudget {
    private final long most;
    private final long share;
    private final Map<ClientAddress, Long> taken = new HashMap<>();
    private long total;

    /// @param share of one client, when there is not much left
    public ClientBudget(long most, long share) {
        if (most < 1 || share < 1) {
            throw new IllegalArgumentException("a budget is at least 1");
        }
        this.most = most;
        this.share = share;
    }

    /// Takes `amount`, if there is so much for this client. More than there ever is counts as all of it.
    public synchronized boolean take(ClientAddress client, long amount) {
        long wanted = Math.min(amount, most);
        long own = taken.getOrDefault(client, 0L);
        boolean plenty = total + wanted <= most - most / 4;
        if (total + wanted > most || !(plenty || own == 0 || own + wanted <= share)) {
            return false;
        }
        total += wanted;
        taken.put(client, own + wanted);
        return true;
    }

    /// [#take], waiting for others to give for as long as `patience`.
    public synchronized boolean takeWithin(Duration patience, ClientAddress client, long amount) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (!take(client, amount)) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Gives back what was taken with the same amount.
    public synchronized void give(ClientAddress client, long amount) {
        long wanted = Math.min(amount, most);
        total -= wanted;
        taken.computeIfPresent(client, (_, own) -> own > wanted ? own - wanted : null);
        notifyAll();
    }

    /// How much is taken now.
    public synchronized long taken() {
        return total;
    }

    /// More than a quarter is taken.
    public synchronized boolean isCrowded() {
        return total > most / 4;
    }
}
