package dev.dray.http.netty.socket;

import dev.dray.http.ListenAddress;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/// The I/O mechanism of sockets: epoll on Linux where available, otherwise the JDK's selectors.
public enum Transport {
    EPOLL,
    NIO;

    public static Transport best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    public IoHandlerFactory handlers() {
        return switch (this) {
            case EPOLL -> EpollIoHandler.newFactory();
            case NIO -> NioIoHandler.newFactory();
        };
    }

    public Class<? extends ServerChannel> serverChannel(ListenAddress address) {
        return switch (address) {
            case ListenAddress.Tcp _ -> this == EPOLL ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
            case ListenAddress.Unix _ ->
                this == EPOLL ? EpollServerDomainSocketChannel.class : NioServerDomainSocketChannel.class;
        };
    }

    public SocketAddress socketAddress(ListenAddress address) {
        return switch (address) {
            case ListenAddress.Tcp(String host, int port) ->
                host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
            case ListenAddress.Unix(var path) ->
                this == EPOLL ? new DomainSocketAddress(path.toFile()) : UnixDomainSocketAddress.of(path);
        };
    }
}
