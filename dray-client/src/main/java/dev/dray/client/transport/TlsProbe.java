package dev.dray.client.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/// Tests whether a port speaks TLS, without a handshake and so regardless of certificates: sends a ClientHello followed
/// by an empty line, and examines the first byte of the reply. A TLS server replies with a record; the empty line makes
/// an HTTP server reply too.
final class TlsProbe {
    private static final int ALERT = 0x15;
    private static final int HANDSHAKE = 0x16;

    private TlsProbe() {}

    /// @throws java.net.ConnectException when nothing listens there
    static boolean speaksTls(InetSocketAddress address, Duration timeout) throws IOException {
        int millis = Math.clamp(timeout.toMillis(), 1, 5000);
        try (Socket socket = new Socket()) {
            socket.connect(address, millis);
            socket.setSoTimeout(millis);
            socket.getOutputStream().write(clientHello());
            socket.getOutputStream().write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            int first = socket.getInputStream().read();
            return first == HANDSHAKE || first == ALERT;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (java.net.ConnectException e) {
            throw e;
        } catch (SocketException e) {
            return false;
        }
    }

    private static byte[] clientHello() throws IOException {
        try {
            SSLEngine engine = SSLContext.getDefault().createSSLEngine();
            engine.setUseClientMode(true);
            engine.beginHandshake();
            ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), hello);
            byte[] bytes = new byte[hello.flip().remaining()];
            hello.get(bytes);
            return bytes;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }
}
