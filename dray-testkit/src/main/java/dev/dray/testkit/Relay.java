package dev.dray.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/// A loopback relay that counts its traffic: bytes up and down, and HTTP/1.1 requests.
///
/// It counts a request where a read begins with a request line, which holds for clients that send one request at a time
/// on a connection. Options reset every connection after some bytes of replies, or limit the speed of replies over all
/// connections together. Closing ends the connections.
public final class Relay implements AutoCloseable {
    private static final Pattern REQUEST = Pattern.compile("(?:GET|HEAD|POST|PUT|PATCH|DELETE) /");
    private static final long NEVER = Long.MAX_VALUE;
    private static final double NO_TIME = 0;
    private static final int PIECE = 16 << 10;

    private final ServerSocket listener;
    private final int target;
    private final long resetAfter;
    private final double nanosPerByte;
    private final AtomicLong up = new AtomicLong();
    private final AtomicLong down = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private long free = System.nanoTime();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private Relay(ServerSocket listener, int target, long resetAfter, double nanosPerByte) {
        this.listener = listener;
        this.target = target;
        this.resetAfter = resetAfter;
        this.nanosPerByte = nanosPerByte;
    }

    /// A relay to a port of this host.
    public static Relay to(int port) throws IOException {
        return start(port, NEVER, NO_TIME);
    }

    /// A relay that resets each connection after `bytes` of replies.
    public static Relay resettingAfter(long bytes, int port) throws IOException {
        return start(port, bytes, NO_TIME);
    }

    /// A relay that limits replies to this many megabits per second.
    public static Relay slow(int port, int megabitsPerSecond) throws IOException {
        return start(port, NEVER, 8_000.0 / megabitsPerSecond);
    }

    private static Relay start(int port, long resetAfter, double nanosPerByte) throws IOException {
        ServerSocket listener = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        Relay relay = new Relay(listener, port, resetAfter, nanosPerByte);
        Thread.ofVirtual().start(relay::accept);
        return relay;
    }

    /// Host and port.
    public String host() {
        return "127.0.0.1:" + port();
    }

    public int port() {
        return listener.getLocalPort();
    }

    /// The traffic so far.
    public Totals totals() {
        return new Totals(up.get(), down.get(), requests.get());
    }

    /// @param up bytes from clients
    /// @param down bytes to clients
    public record Totals(long up, long down, long requests) {
        public Totals since(Totals before) {
            return new Totals(up - before.up, down - before.down, requests - before.requests);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> join(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void join(Socket client) {
        try (client;
                Socket server = new Socket()) {
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            open.add(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Thread upwards = Thread.ofVirtual().start(() -> pump(client, server, true));
            pump(server, client, false);
            upwards.join();
            open.remove(server);
        } catch (IOException broken) {
            // the client sees its connection end
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private void pump(Socket from, Socket to, boolean upwards) {
        byte[] buffer = new byte[nanosPerByte == NO_TIME ? 64 * 1024 : PIECE];
        long passed = 0;
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                count(buffer, n, upwards);
                passed += n;
                if (!upwards && passed > resetAfter) {
                    to.setSoLinger(true, 0);
                    to.close();
                    from.close();
                    return;
                }
                if (!upwards && nanosPerByte > NO_TIME) {
                    await(n);
                }
                out.write(buffer, 0, n);
            }
            to.shutdownOutput();
        } catch (IOException broken) {
            closeQuietly(from);
            closeQuietly(to);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits for the time that `count` bytes take at the line's speed.
    private void await(int count) throws InterruptedException {
        long until;
        synchronized (this) {
            free = Math.max(free, System.nanoTime()) + (long) (count * nanosPerByte);
            until = free;
        }
        long wait = until - System.nanoTime();
        if (wait > 0) {
            Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
        }
    }

    private void count(byte[] buffer, int length, boolean upwards) {
        if (!upwards) {
            down.addAndGet(length);
            return;
        }
        up.addAndGet(length);
        if (REQUEST.matcher(new String(buffer, 0, Math.min(length, 16), StandardCharsets.ISO_8859_1))
                .lookingAt()) {
            requests.incrementAndGet();
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            // it is gone, which is what was wanted
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        open.forEach(Relay::closeQuietly);
    }
}
