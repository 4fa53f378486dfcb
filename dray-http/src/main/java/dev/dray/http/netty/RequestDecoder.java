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
    private static final int COMPACTED = 2 << 10;

    private final HeadScanner scanner;
    private final Runnable headBegan;
    private final HeldBytes held;
    private int holding;
    private boolean inMessage;
    private boolean gated;
    private boolean discarding;
    private long consumed;

    /// @param headBegan run when a part of a head has come and the rest is awaited
    RequestDecoder(Limits limits, HeldBytes held, Runnable headBegan) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.requestLineBytes())
                .setMaxHeaderSize(limits.headerBytes())
                .setMaxChunkSize(1 << 20)
                .setAllowDuplicateContentLengths(false)
                .setStrictLineParsing(true));
        this.scanner = new HeadScanner(limits);
        this.headBegan = headBegan;
        this.held = held;
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
        gated = false;
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
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        super.channelRead(context, message instanceof ByteBuf bytes && !inMessage ? compact(context, bytes) : message);
        if (gated && !inMessage && hasWaiting()) {
            context.channel().config().setAutoRead(false); // now, not when this round of reads is over
        }
        hold(hasWaiting() ? internalBuffer().capacity() : 0);
        if (held.isSpent() && !inMessage && hasWaiting()) {
            var _ = context.close();
        }
    }

    /// Netty's own asks for more when nothing came of what was read, whatever the channel was told.
    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        if (gated && !inMessage && hasWaiting()) {
            context.fireChannelReadComplete();
        } else {
            super.channelReadComplete(context);
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) throws Exception {
        super.handlerRemoved0(context);
        hold(0);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        super.channelInactive(context);
        hold(0);
    }

    private void hold(int bytes) {
        held.add(bytes - holding);
        holding = bytes;
    }

    /// What may have to wait for its rest does so in a buffer of its size.
    private static ByteBuf compact(ChannelHandlerContext context, ByteBuf bytes) {
        int count = bytes.readableBytes();
        if (count == 0 || count > COMPACTED || bytes.capacity() < 2 * count) {
            return bytes;
        }
        ByteBuf small = context.alloc().buffer(count).writeBytes(bytes);
        bytes.release();
        return small;
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
        if (gated) {
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
        gated = true;
        return true;
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
    }
}
