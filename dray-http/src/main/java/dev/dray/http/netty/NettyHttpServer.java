package dev.dray.http.netty;

import dev.dray.http.Handler;
import dev.dray.http.HttpServer;
import dev.dray.http.HttpSettings;
import dev.dray.http.ListenAddress;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// HTTP/1.1 and 1.0 over TCP, TLS or a unix socket: `NettyHttpServer.start(settings, handler)`.
///
/// There are more event loops than processors, because `sendfile` of a file that is not in memory blocks its
/// loop.
public final class NettyHttpServer implements HttpServer {
    private static final int LOOPS = Math.max(8, 2 * Runtime.getRuntime().availableProcessors());

    final Engine engine;
    final EventLoopGroup loops;
    private final Channel listening;
    private final ListenAddress address;
    private boolean closed;

    private NettyHttpServer(Engine engine, EventLoopGroup loops, Channel listening, ListenAddress address) {
        this.engine = engine;
        this.loops = loops;
        this.listening = listening;
        this.address = address;
    }

    /// Binds the address and starts answering requests.
    ///
    /// @throws java.net.BindException when the address is taken or not of this machine; its message names the
    ///     address
    /// @throws IOException when certificate or key cannot be read
    public static NettyHttpServer start(HttpSettings settings, Handler handler) throws IOException {
        return start(settings, handler, Transport.best());
    }

    static NettyHttpServer start(HttpSettings settings, Handler handler, Transport transport) throws IOException {
        Engine engine = new Engine(settings, handler, LOOPS);
        ReloadingTls tls =
                settings.tls().isPresent() ? new ReloadingTls(settings.tls().get(), engine) : null;
        if (settings.address() instanceof ListenAddress.Unix(var path)) {
            UnixSocketFile.prepare(path);
        }
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                LOOPS, new DefaultThreadFactory("http-loop", true), transport.handlers());
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(transport.serverChannel(settings.address()))
                .option(ChannelOption.SO_BACKLOG, 1024)
                .handler(new Gate(engine))
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.ALLOCATOR, Buffers.ALLOCATOR)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, Buffers.receiving(engine.held))
                .childHandler(new ConnectionSetup(engine, tls));
        if (settings.address() instanceof ListenAddress.Tcp) {
            bootstrap.option(ChannelOption.SO_REUSEADDR, true).childOption(ChannelOption.TCP_NODELAY, true);
        }
        ChannelFuture bound =
                bootstrap.bind(transport.socketAddress(settings.address())).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            var _ = loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            engine.slabWorkers.shutdown();
            throw cannotListen(settings.address(), bound.cause());
        }
        loops.forEach(loop -> loop.terminationFuture().addListener(_ -> engine.died("an event loop has ended")));
        bound.channel().closeFuture().addListener(_ -> engine.died("the listening socket was closed"));
        TroubleClasses.loadInBackground();
        return new NettyHttpServer(
                engine,
                loops,
                bound.channel(),
                actual(settings.address(), bound.channel().localAddress()));
    }

    @Override
    public ListenAddress address() {
        return address;
    }

    /// A channel that was just closed has an empty pipeline; one that was just opened may have none yet.
    private static void stop(Channel channel) {
        Connection connection = channel.pipeline().get(Connection.class);
        if (connection != null) {
            connection.stop();
        } else {
            var _ = channel.close();
        }
    }

    @Override
    public synchronized void close(Duration patience) {
        if (closed) {
            return;
        }
        closed = true;
        engine.stop();
        listening.close().awaitUninterruptibly();
        engine.connections.forEach(NettyHttpServer::stop);
        engine.connections.newCloseFuture().awaitUninterruptibly(patience.toMillis());
        engine.interruptHandlers();
        engine.connections.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
        engine.awaitHandlers(Duration.ofSeconds(1));
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
        engine.slabWorkers.shutdown();
        engine.slabs.close();
        removeSocketFile();
    }

    private void removeSocketFile() {
        if (address instanceof ListenAddress.Unix(var path)) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                engine.report("cannot remove the socket " + path, e);
            }
        }
    }

    private static ListenAddress actual(ListenAddress asked, SocketAddress bound) {
        return switch (asked) {
            case ListenAddress.Tcp(String host, var _) ->
                new ListenAddress.Tcp(host, ((InetSocketAddress) bound).getPort());
            case ListenAddress.Unix unix -> unix;
        };
    }

    private static BindException cannotListen(ListenAddress address, @Nullable Throwable cause) {
        BindException failure = new BindException("cannot listen on " + address + ": "
                + (cause == null ? "no reason given" : cause.getMessage())
                + "; stop the other process or choose another address");
        failure.initCause(cause);
        return failure;
    }
}
