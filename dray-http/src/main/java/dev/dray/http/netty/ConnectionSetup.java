package dev.dray.http.netty;

import dev.dray.http.ClientAddress;
import dev.dray.http.Peer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// Builds the pipeline of each accepted connection.
final class ConnectionSetup extends ChannelInitializer<Channel> {
    private final Engine engine;
    private final @Nullable ReloadingTls tls;

    ConnectionSetup(Engine engine, @Nullable ReloadingTls tls) {
        this.engine = engine;
        this.tls = tls;
    }

    @Override
    protected void initChannel(Channel channel) {
        if (tls != null) {
            channel.pipeline().addLast("tls", tls.current().newHandler(channel.alloc()));
        }
        Connection connection = new Connection(
                engine,
                channel,
                new Peer(text(channel.remoteAddress()), ClientAddress.of(channel.remoteAddress()), tls != null));
        connection.install();
        engine.connections.add(channel);
        if (engine.isStopping()) {
            connection.stop();
        }
    }

    private static String text(@Nullable SocketAddress address) {
        if (!(address instanceof InetSocketAddress internet)) {
            return "unix";
        }
        InetAddress host = internet.getAddress();
        String text = host == null ? internet.getHostString() : host.getHostAddress();
        return (text.contains(":") ? "[" + text + "]" : text) + ":" + internet.getPort();
    }
}
