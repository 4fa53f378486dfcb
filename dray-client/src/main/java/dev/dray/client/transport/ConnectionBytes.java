package dev.dray.client.transport;

import java.util.Map;
import java.util.WeakHashMap;
import org.apache.hc.core5.http.EndpointDetails;

/// Divides the running byte totals of a connection among the requests that used it one after the other.
final class ConnectionBytes {
    private final Map<EndpointDetails, Totals> settled = new WeakHashMap<>();

    private record Totals(long sent, long received) {}

    /// Credits `meter` with the connection's bytes since the previous call.
    void settle(EndpointDetails connection, TrafficMeter meter) {
        Totals now = new Totals(connection.getSentBytesCount(), connection.getReceivedBytesCount());
        Totals before;
        synchronized (settled) {
            before = settled.put(connection, now);
        }
        meter.bytes(
                now.sent - (before == null ? 0 : before.sent), now.received - (before == null ? 0 : before.received));
    }
}
