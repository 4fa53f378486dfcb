package dev.dray.client.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

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

    /// A ClientHello of TLS 1.2 (RFC 5246, section 7.4.1.2), written by hand: to have the JDK make one costs more CPU
    /// than
    /// all else that a small command does. A server that wants TLS 1.3 answers with an alert.
    private static byte[] clientHello() {
        byte[] random = new byte[32];
        ThreadLocalRandom.current().nextBytes(random);
        byte[] suites = {0x13, 0x01, (byte) 0xc0, 0x2b, (byte) 0xc0, 0x2f, 0x00, (byte) 0x9c};
        byte[] extensions = {
            0x00,
            0x0a,
            0x00,
            0x06,
            0x00,
            0x04,
            0x00,
            0x1d,
            0x00,
            0x17, // groups: x25519, secp256r1
            0x00,
            0x0d,
            0x00,
            0x08,
            0x00,
            0x06,
            0x04,
            0x03,
            0x08,
            0x04,
            0x04,
            0x01 // ECDSA, RSA-PSS, RSA with SHA-256
        };
        ByteBuffer body = ByteBuffer.allocate(128)
                .putShort((short) 0x0303)
                .put(random)
                .put((byte) 0) // no session
                .putShort((short) suites.length)
                .put(suites)
                .putShort((short) 0x0100) // no compression
                .putShort((short) extensions.length)
                .put(extensions)
                .flip();
        int length = body.remaining();
        return ByteBuffer.allocate(length + 9)
                .put((byte) HANDSHAKE)
                .putShort((short) 0x0301)
                .putShort((short) (length + 4))
                .putInt(0x01 << 24 | length) // ClientHello
                .put(body)
                .array();
    }
}
