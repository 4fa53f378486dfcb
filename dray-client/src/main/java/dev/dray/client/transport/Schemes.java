package dev.dray.client.transport;

import dev.dray.client.memory.HostMemory;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Chooses `https` or `http` for a host: TLS, unless the options name the host for plain HTTP. For a loopback host a
/// [TlsProbe] on a separate connection decides once. Thread safe.
public final class Schemes {
    private final Set<String> plain;
    private final Duration timeout;
    private final HostMemory memory;
    private final Map<String, String> loopback = new ConcurrentHashMap<>();

    /// @param plain hosts to reach by plain HTTP, as references write them, or `*`
    /// @param memory of earlier answers
    public Schemes(Set<String> plain, Duration timeout, HostMemory memory) {
        this.memory = memory;
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
        if (known != null) {
            return known;
        }
        Optional<String> remembered = memory.of(host).scheme();
        return remembered.isPresent() ? remembered.get() : probe(host);
    }

    /// Notes that a reply came, so that what was remembered is true.
    public void confirm(String host, String scheme) {
        if (Loopback.isLoopback(host) && !plain.contains(host) && !plain.contains("*")) {
            loopback.putIfAbsent(host, scheme);
        }
    }

    /// Forgets what was remembered, unless something has confirmed it.
    ///
    /// @return false when there was nothing to forget
    public boolean forget(String host) {
        if (loopback.containsKey(host) || memory.of(host).scheme().isEmpty()) {
            return false;
        }
        memory.change(host, facts -> facts.withScheme(Optional.empty()));
        return true;
    }

    /// One at a time, so that many requests to a new host cost one probe.
    private synchronized String probe(String host) throws IOException {
        String known = loopback.get(host);
        if (known == null) {
            known = speaksTls(host) ? "https" : "http";
            loopback.put(host, known);
            if (known.equals("http")) { // TLS shows itself; what is not TLS may keep whoever expects it waiting
                memory.change(host, facts -> facts.withScheme(Optional.of("http")));
            }
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
