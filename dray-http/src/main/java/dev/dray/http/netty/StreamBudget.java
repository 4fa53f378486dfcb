package dev.dray.http.netty;

import dev.dray.http.ClientAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Replies that are copied through memory, piece by piece: so many at a time and no more.
///
/// Above three quarters a client may have a quarter of them. When all are in use, whoever has not taken anything for a
/// while loses theirs; the newcomer is told to come again. Thread safe.
final class StreamBudget {
    private final int most;
    private final Set<Connection> streams = new LinkedHashSet<>();
    private final Map<ClientAddress, Integer> shares = new HashMap<>();

    StreamBudget(int most) {
        this.most = most;
    }

    /// Whether one more may begin; it lasts until [#leave].
    boolean enter(Connection connection, ClientAddress client) {
        Optional<Connection> displaced = Optional.empty();
        boolean admitted;
        synchronized (this) {
            boolean crowded = streams.size() >= most - most / 4;
            admitted = streams.size() < most && !(crowded && shares.getOrDefault(client, 0) >= Math.max(1, most / 4));
            if (admitted) {
                streams.add(connection);
                shares.merge(client, 1, Integer::sum);
            } else {
                displaced = new ArrayDeque<>(streams)
                        .stream().filter(Connection::isDispensable).findFirst();
            }
        }
        displaced.ifPresent(Connection::displace);
        return admitted;
    }

    synchronized void leave(Connection connection, ClientAddress client) {
        streams.remove(connection);
        shares.computeIfPresent(client, (_, count) -> count > 1 ? count - 1 : null);
    }

    /// More than a quarter are in use: each does with little memory.
    synchronized boolean isCrowded() {
        return streams.size() > most / 4;
    }
}
