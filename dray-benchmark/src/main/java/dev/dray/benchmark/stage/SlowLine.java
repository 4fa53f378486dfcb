package dev.dray.benchmark.stage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A relay on loopback to a port of this host that lets a given number of bits through in a second, downwards and over
/// all connections together. Closing ends the connections.
public final class SlowLine implements AutoCloseable {
    private static final int PIECE = 16 << 10;

    private final ServerSocket listener;
    private final int target;
    private final double nanosPerByte;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private long free = System.nanoTime();

    private SlowLine(ServerSocket listener, int target, double nanosPerByte) {
        this.listener = listener;
        this.target = target;
        this.nanosPerByte = nanosPerByte;
    }

    public static SlowLine to(int port, int megabitsPerSecond) throws IOException {
        ServerSocket listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        SlowLine line = new SlowLine(listener, port, 8_000.0 / megabitsPerSecond);
        Thread.ofPlatform().daemon().start(line::accept);
        return line;
    }

    public int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofPlatform().daemon().start(() -> join(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void join(Socket client) {
        open.add(client);
        try (client;
                Socket server = new Socket()) {
            open.add(server);
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            client.setTcpNoDelay(true);
            Thread upwards = Thread.ofPlatform().daemon().start(() -> pump(client, server, false));
            pump(server, client, true);
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

    private void pump(Socket from, Socket to, boolean slow) {
        byte[] piece = new byte[PIECE];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                if (slow) {
                    await(count);
                }
                out.write(piece, 0, count);
            }
            to.shutdownOutput();
        } catch (IOException broken) {
            closeQuietly(from);
            closeQuietly(to);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits until the line has been free for as long as `count` bytes take.
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
        open.forEach(SlowLine::closeQuietly);
    }
}
