package dev.dray.http.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;

/// Stands before the acceptor of connections: lets in whom the budget admits, and waits a little when none can be
/// accepted at all.
final class Gate extends ChannelInboundHandlerAdapter {
    private final Engine engine;

    Gate(Engine engine) {
        this.engine = engine;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        Channel channel = (Channel) accepted;
        if (engine.admitted.admit(channel)) {
            context.fireChannelRead(channel);
        } else {
            channel.unsafe().closeForcibly();
        }
    }

    /// Trying again at once would only fail again: there is no descriptor, or no memory.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        engine.report("cannot accept a connection, trying again in a second", cause);
        Channel listening = context.channel();
        listening.config().setAutoRead(false);
        var _ = context.executor().schedule(() -> listening.config().setAutoRead(true), 1, TimeUnit.SECONDS);
    }
}
