package dev.dray.client.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Whether a host is spoken to by `https` or by `http`: TLS, unless plain HTTP was asked for. A loopback host is tried
/// once by a [TlsProbe] on a connection of its own, and when it does not speak TLS it is `http`. Thread safe.
public final class Schemes {
    private final Set<String> plain;
    private final Duration timeout;
    private final Map<String, String> loopback = new ConcurrentHashMap<>();

    /// @param plain hosts spoken to in plain HTTP, as references write them, or `*`
    public Schemes(Set<String> plain, Duration timeout) {
        this.plain = Set.copyOf(plain);
        this.timeout = timeout;
    }

    /// @param host with or without a port
    /// @throws IOException when a loopback host does not answer
    public String schemeOf(String host) throws IOException {
        if (plain.contains(host) || plain.contains("*")) {
            return "http";
        }
        if (!Loopback.isLoopback(host)) {
            return "https";
        }
        String known = loopback.get(host);
        return known == null ? probe(host) : known;
    }

    /// One at a time, so that many requests to a new host cost one probe.
    private synchronized String probe(String host) throws IOException {
        String known = loopback.get(host);
        if (known == null) {
            known = speaksTls(host) ? "https" : "http";
            loopback.put(host, known);
        }
        return known;
    }

    private boolean speaksTls(String host) throws IOException {
        String name = Loopback.name(host);
        boolean named = name.length() < host.length();
        int port = named ? Integer.parseInt(host.substring(name.length() + 1)) : 443;
        String address = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
        try {
            return TlsProbe.speaksTls(new InetSocketAddress(address, port), timeout);
        } catch (ConnectException e) {
            if (named) {
                throw e;
            }
            return false;
        }
    }
}
