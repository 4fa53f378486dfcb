package dev.dray.client.transport;

import dev.dray.client.transfer.Traffic;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Counts requests and bytes, and passes every count on to its parent meter. Thread safe.
public final class TrafficMeter {
    private final Optional<TrafficMeter> above;
    private final Map<String, Long> requests = new TreeMap<>();
    private long tokenRequests;
    private long bytesSent;
    private long bodyBytesSent;
    private long bytesReceived;

    private TrafficMeter(Optional<TrafficMeter> above) {
        this.above = above;
    }

    public static TrafficMeter create() {
        return new TrafficMeter(Optional.empty());
    }

    /// A meter for a part of this one's traffic.
    public TrafficMeter part() {
        return new TrafficMeter(Optional.of(this));
    }

    public synchronized Traffic read() {
        return new Traffic(requests, tokenRequests, bytesSent, bodyBytesSent, bytesReceived);
    }

    void request(String method, HttpRequest.Purpose purpose) {
        synchronized (this) {
            switch (purpose) {
                case REGISTRY -> requests.merge(method, 1L, Long::sum);
                case TOKEN -> tokenRequests++;
            }
        }
        above.ifPresent(meter -> meter.request(method, purpose));
    }

    void bytes(long sent, long received) {
        synchronized (this) {
            bytesSent += sent;
            bytesReceived += received;
        }
        above.ifPresent(meter -> meter.bytes(sent, received));
    }

    void body(long sent) {
        synchronized (this) {
            bodyBytesSent += sent;
        }
        above.ifPresent(meter -> meter.body(sent));
    }
}
