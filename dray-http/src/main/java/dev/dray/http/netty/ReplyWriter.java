package dev.dray.http.netty;

import dev.dray.http.Response;
import dev.dray.http.ResponseBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelProgressiveFuture;
import io.netty.channel.ChannelProgressiveFutureListener;
import io.netty.channel.ChannelProgressivePromise;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;

/// Sends one reply and notifies the connection when it is complete. Runs on the handler's virtual thread, or for a
/// streamed body on a platform thread; blocks only while it reads a body.
final class ReplyWriter {
    private static final int INLINE_BYTES = 16 << 10;
    private static final int HEAD_BYTES = 512;

    private final Channel channel;
    private final OpenExchange exchange;
    private final Connection connection;
    private final boolean crowded;
    private long taken;

    /// @param crowded whether a body that is copied has to do with little memory
    ReplyWriter(Channel channel, OpenExchange exchange, Connection connection, boolean crowded) {
        this.channel = channel;
        this.exchange = exchange;
        this.connection = connection;
        this.crowded = crowded;
    }

    /// Sends `response`, and closes its body's resources once they are no longer needed.
    ///
    /// @throws IOException when the body cannot be read to its announced end; the connection is then unusable
    void write(Response response) throws IOException {
        exchange.status(response.status());
        ByteBuf head = head(response);
        if (exchange.headOnly || response.status() == 204 || response.status() == 304) {
            sendLast(head);
            close(response.body());
            return;
        }
        switch (response.body()) {
            case ResponseBody.Empty _, ResponseBody.Omitted _ -> sendLast(head);
            case ResponseBody.Bytes(byte[] bytes) -> sendBytes(head, bytes);
            case ResponseBody.FileRegion region -> sendRegion(head, region);
            case ResponseBody.Streamed streamed -> {
                try (InputStream stream = streamed.stream()) {
                    pump(head, PieceSource.of(stream), streamed.length());
                }
            }
        }
    }

    /// Sends the reply that says why the server rejected the request.
    void refuse(Refused refused) {
        Response response = Response.text(refused.status(), "text/plain; charset=utf-8", refused.getMessage() + "\n");
        exchange.status(response.status());
        exchange.notes.put("refused", String.valueOf(refused.getMessage()));
        ByteBuf head = head(response);
        if (!exchange.headOnly && response.body() instanceof ResponseBody.Bytes(byte[] bytes)) {
            head.writeBytes(bytes);
        }
        sendLast(head);
    }

    private ByteBuf head(Response response) {
        ByteBuf head = channel.alloc().buffer(HEAD_BYTES);
        ReplyHead.write(head, response, exchange);
        return head;
    }

    private void sendBytes(ByteBuf head, byte[] bytes) {
        if (bytes.length <= INLINE_BYTES) {
            sendLast(head.writeBytes(bytes));
        } else {
            send(head);
            sendLast(Unpooled.wrappedBuffer(bytes));
        }
    }

    private void sendRegion(ByteBuf head, ResponseBody.FileRegion region) throws IOException {
        if (region.length() == 0) {
            sendLast(head);
            region.channel().close();
        } else if (channel.pipeline().get(SslHandler.class) != null) {
            try (FileChannel file = region.channel()) {
                pump(head, PieceSource.of(file, region.offset()), region.length());
            }
        } else {
            send(head);
            sendFile(new DefaultFileRegion(region.channel(), region.offset(), region.length()));
        }
    }

    private void sendFile(DefaultFileRegion file) {
        ChannelProgressivePromise sent = channel.newProgressivePromise();
        sent.addListener(new ChannelProgressiveFutureListener() {
            @Override
            public void operationProgressed(ChannelProgressiveFuture future, long progress, long total) {
                connection.progressed(progress - taken);
                taken = progress;
            }

            @Override
            public void operationComplete(ChannelProgressiveFuture future) {
                exchange.wrote(file.transferred());
                connection.replied(exchange, future.isSuccess());
            }
        });
        var _ = channel.writeAndFlush(file, sent);
    }

    private void pump(ByteBuf head, PieceSource source, long length) throws IOException {
        OutboundPump pump = new OutboundPump(channel, exchange, connection, crowded);
        if (length == 0) {
            sendLast(head);
        } else {
            send(head);
            pump.run(source, length);
        }
    }

    private void send(ByteBuf bytes) {
        long count = bytes.readableBytes();
        channel.write(bytes).addListener(sent -> {
            if (sent.isSuccess()) {
                exchange.wrote(count);
            }
        });
    }

    private void sendLast(ByteBuf bytes) {
        long count = bytes.readableBytes();
        channel.writeAndFlush(bytes).addListener(sent -> {
            if (sent.isSuccess()) {
                exchange.wrote(count);
            }
            connection.replied(exchange, sent.isSuccess());
        });
    }

    static void close(ResponseBody body) throws IOException {
        switch (body) {
            case ResponseBody.Empty _, ResponseBody.Omitted _, ResponseBody.Bytes _ -> {}
            case ResponseBody.FileRegion region -> region.channel().close();
            case ResponseBody.Streamed streamed -> streamed.stream().close();
        }
    }
}
