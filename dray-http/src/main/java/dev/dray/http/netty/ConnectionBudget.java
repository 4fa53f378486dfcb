package dev.dray.http.netty;

import dev.dray.http.ClientAddress;
import io.netty.channel.Channel;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who may have a connection.
///
/// Up to three quarters of the budget anybody gets one, for a build farm behind one address is one client. Above, a
/// client that has a sixteenth gets no more; and when the budget is spent, a newcomer displaces a connection of the
/// client that has the most, one on which nothing is under way or whose client has been waited for. So whoever holds
/// connections holds them against their own further ones, not against others. Thread safe.
final class ConnectionBudget {
    /// Connections whose end was asked for and has not come yet; more of them are not counted on.
    private static final int MOST_LEAVING = 64;

    private final int most;
    private final Map<ClientAddress, Set<Channel>> clients = new HashMap<>();
    private int open;
    private int leaving;

    ConnectionBudget(int most) {
        this.most = most;
    }

    /// Whether `channel` may stay; it is counted until it is closed.
    boolean admit(Channel channel) {
        ClientAddress client = ClientAddress.of(channel.remoteAddress());
        Optional<Channel> displaced;
        synchronized (this) {
            int own = held(client);
            if (open >= most - most / 4 && own >= share()) {
                return false;
            }
            displaced = open < most ? Optional.empty() : leaving < MOST_LEAVING ? dispensable(own) : Optional.empty();
            if (open >= most && displaced.isEmpty()) {
                return false;
            }
            displaced.ifPresent(this::leave);
            clients.computeIfAbsent(client, _ -> new LinkedHashSet<>()).add(channel);
            open++;
        }
        if (displaced.isPresent()) {
            var _ = displaced.get().close();
        }
        channel.closeFuture().addListener(_ -> closed(client, channel));
        return true;
    }

    private int share() {
        return Math.max(2, most / 16);
    }

    private int held(ClientAddress client) {
        Set<Channel> channels = clients.get(client);
        return channels == null ? 0 : channels.size();
    }

    /// The oldest connection that can be ended of the client that has most, if that has more than `own`.
    private Optional<Channel> dispensable(int own) {
        return clients.values().stream()
                .max(Comparator.comparingInt(Collection::size))
                .filter(channels -> channels.size() > own)
                .flatMap(channels -> channels.stream()
                        .filter(ConnectionBudget::isDispensable)
                        .findFirst());
    }

    private static boolean isDispensable(Channel channel) {
        Connection connection = channel.pipeline().get(Connection.class);
        return connection != null && connection.isDispensable();
    }

    private void leave(Channel channel) {
        forget(ClientAddress.of(channel.remoteAddress()), channel);
        open--;
        leaving++;
    }

    private boolean forget(ClientAddress client, Channel channel) {
        Set<Channel> channels = clients.get(client);
        if (channels == null || !channels.remove(channel)) {
            return false;
        }
        if (channels.isEmpty()) {
            clients.remove(client);
        }
        return true;
    }

    private synchronized void closed(ClientAddress client, Channel channel) {
        if (forget(client, channel)) {
            open--;
        } else {
            leaving--;
        }
    }
}
