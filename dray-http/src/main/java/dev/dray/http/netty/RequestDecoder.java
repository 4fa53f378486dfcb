package dev.dray.http.netty;

import dev.dray.http.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/// Netty's request parser behind a gate, which admits a head when it is complete and strict and the previous exchange
/// is over. So pipelined requests wait as bytes, and the bytes of each exchange can be counted exactly.
final class RequestDecoder extends HttpRequestDecoder {
    private final HeadScanner scanner;
    private final Runnable headBegan;
    private boolean inMessage;
    private boolean held;
    private boolean discarding;
    private long consumed;

    /// @param headBegan runs when a head has arrived in part
    RequestDecoder(Limits limits, Runnable headBegan) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.requestLineBytes())
                .setMaxHeaderSize(limits.headerBytes())
                .setMaxChunkSize(1 << 20)
                .setAllowDuplicateContentLengths(false)
                .setStrictLineParsing(true));
        this.scanner = new HeadScanner(limits);
        this.headBegan = headBegan;
    }

    /// Bytes of requests consumed from the connection since the last call.
    long takeConsumed() {
        long bytes = consumed;
        consumed = 0;
        return bytes;
    }

    /// Whether bytes of a later request are waiting.
    boolean hasWaiting() {
        return actualReadableBytes() > 0;
    }

    /// Drops all further bytes.
    void discard() {
        discarding = true;
    }

    /// Admits the next request, which may have arrived already.
    void release(ChannelHandlerContext context) {
        held = false;
        if (hasWaiting()) {
            context.executor().execute(() -> {
                try {
                    channelRead(context, Unpooled.EMPTY_BUFFER);
                    channelReadComplete(context);
                } catch (Exception e) {
                    context.fireExceptionCaught(e);
                }
            });
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (discarding) {
            consumed += in.readableBytes();
            in.skipBytes(in.readableBytes());
            return;
        }
        if (!inMessage && !admit(in, out)) {
            return;
        }
        int before = in.readerIndex();
        super.decode(context, in, out);
        consumed += in.readerIndex() - before;
        if (!out.isEmpty() && out.getLast() instanceof HttpObject last) {
            if (last.decoderResult().isFailure()) {
                discarding = true;
            }
            if (last instanceof LastHttpContent) {
                inMessage = false;
                scanner.reset();
            }
        }
    }

    private boolean admit(ByteBuf in, List<Object> out) {
        if (held) {
            return false;
        }
        try {
            if (!scanner.scan(in)) {
                headBegan.run();
                return false;
            }
        } catch (Refused refused) {
            discarding = true;
            consumed += in.readableBytes();
            in.skipBytes(in.readableBytes());
            out.add(refused);
            return false;
        }
        inMessage = true;
        held = true;
        return true;
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
    }
}
