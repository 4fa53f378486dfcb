package dev.dray.http.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;

/// The end of a connection whose client may still be sending (RFC 9112, section 9.6).
///
/// Closing a socket with unread bytes resets it, and the reset can overtake the reply. So the server closes only the
/// sending side, and drops received bytes until the client closes too or a short timeout passes.
final class Lingering {
    /// The longest unread rest of a body that is drained to keep the connection; with a longer one the connection
    /// closes.
    static final long DRAINED_BYTES = 256 << 10;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Channel channel;
    private final RequestDecoder decoder;
    private final Deadline deadline;
    private boolean underWay;

    Lingering(Channel channel, RequestDecoder decoder, Deadline deadline) {
        this.channel = channel;
        this.decoder = decoder;
        this.deadline = deadline;
    }

    boolean isUnderWay() {
        return underWay;
    }

    void begin(ChannelHandlerContext context) {
        underWay = true;
        decoder.discard();
        channel.config().setAutoRead(true);
        deadline.arm(PATIENCE, this::hangUp);
        SslHandler tls = context.pipeline().get(SslHandler.class);
        if (tls != null) {
            var _ = tls.closeOutbound();
        } else if (channel instanceof DuplexChannel duplex) {
            var _ = duplex.shutdownOutput();
        }
    }

    private void hangUp() {
        var _ = channel.close();
    }
}
