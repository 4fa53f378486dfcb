package dev.dray.http.netty;

import dev.dray.http.ClientAddress;
import dev.dray.http.ClientBudget;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// What replies take while their clients take them: streams, or bytes in memory.
///
/// When all is in use, whoever has been waited for for a while loses their connection; the newcomer is told to come
/// again. Thread safe.
final class OutboundBudget {
    private final ClientBudget budget;
    private final Set<Connection> holders = new LinkedHashSet<>();

    OutboundBudget(long most) {
        this.budget = new ClientBudget(most, Math.max(1, most / 4));
    }

    /// Whether one more may begin; it lasts until [#leave].
    boolean enter(Connection connection, ClientAddress client, long amount) {
        if (budget.take(client, amount)) {
            synchronized (this) {
                holders.add(connection);
            }
            return true;
        }
        stalled().ifPresent(Connection::displace);
        return false;
    }

    private synchronized Optional<Connection> stalled() {
        return holders.stream().filter(Connection::isDispensable).findFirst();
    }

    void leave(Connection connection, ClientAddress client, long amount) {
        synchronized (this) {
            holders.remove(connection);
        }
        budget.give(client, amount);
    }

    /// More than a quarter is in use: each does with little memory.
    boolean isCrowded() {
        return budget.isCrowded();
    }
}
