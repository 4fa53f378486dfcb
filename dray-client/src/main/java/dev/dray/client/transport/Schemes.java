package dev.dray.client.transport;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Whether a host is spoken to by `https` or by `http`: TLS, unless plain HTTP was asked for. A loopback host is tried
/// once by a TLS handshake on a connection of its own, and when it does not speak TLS it is `http`. Thread safe.
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
        if (known == null) {
            known = speaksTls(host) ? "https" : "http";
            loopback.put(host, known);
        }
        return known;
    }

    private boolean speaksTls(String host) throws IOException {
        String name = Loopback.name(host);
        int port = name.length() < host.length() ? Integer.parseInt(host.substring(name.length() + 1)) : 443;
        String address = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
        int millis = Math.clamp(timeout.toMillis(), 1, 10_000);
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), millis);
            socket.setSoTimeout(millis);
            try (SSLSocket tls = (SSLSocket) factory.createSocket(socket, address, port, true)) {
                tls.startHandshake();
                return true;
            }
        } catch (SSLException e) {
            return isAboutCertificates(e);
        } catch (EOFException | SocketException e) {
            if (e instanceof java.net.ConnectException) {
                if (name.length() == host.length()) {
                    return false;
                }
                throw e;
            }
            return false;
        }
    }

    /// A certificate that is not trusted came over TLS all the same.
    private static boolean isAboutCertificates(SSLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return failure.getMessage() != null && failure.getMessage().contains("fatal alert");
    }
}
