package dev.dray.http.netty;

import dev.dray.http.Exchange;
import dev.dray.http.Limits;
import dev.dray.http.Peer;
import dev.dray.http.Request;
import dev.dray.http.RequestHead;
import dev.dray.http.Response;
import dev.dray.http.ResponseBody;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One connection: requests one after the other, each answered by the handler on a virtual thread.
///
/// All methods run on the connection's event loop unless they say otherwise. An exchange begins with its head and calls
/// the handler; body and reply then progress independently, and when both are complete the next head is admitted.
final class Connection extends ChannelInboundHandlerAdapter implements BodyControl {
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /// A client that has been waited for so long may lose its connection to another one.
    private static final Duration STALLED = Duration.ofSeconds(10);

    /// A reply that is made while it is sent takes more than one that is read from a file.
    private static final long STREAM_SHARE = 4;

    private static final int SMALL_REPLY = 16 << 10;

    private final Engine engine;
    private final Channel channel;
    private final Peer peer;
    private final RequestDecoder decoder;
    private final Deadline deadline;
    private final Lingering lingering;
    private @Nullable OpenExchange exchange;
    private @Nullable Request undispatched;
    private volatile boolean idle = true;
    private boolean headArmed;
    private boolean inputShut;

    Connection(Engine engine, Channel channel, Peer peer) {
        this.engine = engine;
        this.channel = channel;
        this.peer = peer;
        this.decoder = new RequestDecoder(engine.settings.limits(), engine.held, this::headBegan);
        this.deadline = new Deadline(channel.eventLoop());
        this.lingering = new Lingering(channel, decoder, deadline);
    }

    /// Adds itself at the end of the channel's pipeline.
    void install() {
        channel.pipeline().addLast("decoder", decoder).addLast("connection", this);
        awaitRequest();
    }

    /// Closes now if the connection is idle, otherwise after the current reply. May be called on any thread.
    void stop() {
        channel.eventLoop().execute(() -> {
            if (exchange == null) {
                hangUp();
            } else {
                exchange.close();
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        switch (message) {
            case Refused refused -> refuse(refused);
            case HttpRequest request -> open(request);
            case HttpContent content -> receive(content);
            default -> ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        dispatch();
        if (exchange != null && decoder.hasWaiting() && exchange.body.isComplete()) {
            autoRead(false);
        }
    }

    /// Skips a channel whose input is shut down, on which a read is illegal.
    private void autoRead(boolean wanted) {
        if (channel.isActive() && !inputShut) {
            channel.config().setAutoRead(wanted);
        }
    }

    private void hangUp() {
        var _ = channel.close();
    }

    /// Whether it can be ended for somebody else's sake: no request is under way, or its client has been waited for
    /// for a while. On any thread.
    boolean isDispensable() {
        return idle || deadline.hasWaited(STALLED);
    }

    private void awaitRequest() {
        idle = true;
        deadline.arm(engine.settings.limits().idleTimeout(), this::hangUp);
    }

    private void headBegan() {
        if (!headArmed) {
            headArmed = true;
            deadline.arm(
                    engine.settings.limits().headTimeout(),
                    () -> refuse(new Refused(408, "the request head did not come in time")));
        }
    }

    private void open(HttpRequest request) {
        headArmed = false;
        idle = false;
        deadline.disarm();
        if (request.decoderResult().isFailure()) {
            refuse(new Refused(400, "a malformed request"));
            return;
        }
        try {
            RequestHead head = HeadReader.read(request);
            InboundBody body = body(HeadReader.bodyLength(head));
            boolean keepAlive = HeadReader.wantsKeepAlive(head) && !engine.isStopping();
            OpenExchange opened = new OpenExchange(line(request), body, keepAlive, HeadReader.expectsContinue(head));
            exchange = opened;
            undispatched = new Request(head, body, peer, opened.notes);
        } catch (Refused refused) {
            exchange = unreadable(line(request));
            refuse(refused);
        }
    }

    private static Exchange.RequestLine line(HttpRequest request) {
        return new Exchange.RequestLine(
                request.method().name(),
                request.uri(),
                request.protocolVersion().text());
    }

    private InboundBody body(OptionalLong length) {
        return new InboundBody(length, channel.eventLoop(), this, engine.held, engine.slabs, engine.slabWorkers);
    }

    private OpenExchange unreadable(Exchange.RequestLine line) {
        InboundBody none = body(OptionalLong.of(0));
        none.end();
        return new OpenExchange(line, none, false, false);
    }

    private void receive(HttpContent content) {
        OpenExchange current = exchange;
        if (current == null || content.decoderResult().isFailure()) {
            content.release();
            if (current != null) {
                current.close();
                current.body.truncate("its framing is malformed", 400);
            }
            return;
        }
        deadline.moved(content.content().readableBytes());
        boolean last = content instanceof LastHttpContent;
        current.body.arrive(content.content());
        if (last) {
            if (!current.isReplied()) {
                deadline.disarm();
            }
            current.body.end();
            dispatch();
            finishIfOver();
        }
    }

    /// Starts the handler, once the first read has delivered all it could.
    private void dispatch() {
        Request request = undispatched;
        OpenExchange current = exchange;
        if (request != null && current != null) {
            undispatched = null;
            engine.startHandler(() -> answer(current, request));
        }
    }

    /// Runs on the virtual thread.
    private void answer(OpenExchange current, Request request) {
        Response response = HandlerCall.run(engine, current, request);
        if (response == null) {
            hangUp();
            return;
        }
        if (engine.isStopping() || !mayKeep(current)) {
            current.close();
        }
        current.body.abandon();
        channel.eventLoop().execute(this::replyBegins);
        if (!admit(current, response)) {
            engine.discard(response);
            write(current, Response.of(503).with("Retry-After", "2"));
        } else if (!current.headOnly && response.body() instanceof ResponseBody.Streamed) {
            engine.startStream(() -> write(current, response));
        } else {
            write(current, response);
        }
    }

    /// Whether what the reply takes until its client has taken it can be had; it is given back when the reply is over.
    private boolean admit(OpenExchange current, Response response) {
        if (current.headOnly) {
            return true;
        }
        return switch (response.body()) {
            case ResponseBody.Streamed _ -> charge(current, engine.streams, STREAM_SHARE);
            case ResponseBody.FileRegion _ -> !peer.secure() || charge(current, engine.streams, 1);
            case ResponseBody.Bytes(byte[] bytes) ->
                bytes.length <= SMALL_REPLY || charge(current, engine.replies, bytes.length);
            case ResponseBody.Empty _, ResponseBody.Omitted _ -> true;
        };
    }

    private boolean charge(OpenExchange current, OutboundBudget budget, long amount) {
        if (!budget.enter(this, peer.client(), amount)) {
            return false;
        }
        current.charge(() -> budget.leave(this, peer.client(), amount));
        return true;
    }

    /// Ends it for somebody else's sake. On any thread.
    void displace() {
        hangUp();
    }

    private void write(OpenExchange current, Response response) {
        try {
            new ReplyWriter(channel, current, this, engine.streams.isCrowded()).write(response);
        } catch (IOException | RuntimeException e) {
            engine.report("the reply to " + current.describe() + " failed", e);
            current.discharge();
            hangUp();
        }
    }

    /// Whether the rest of the body is short enough to drain.
    private static boolean mayKeep(OpenExchange current) {
        InboundBody body = current.body;
        if (body.isComplete()) {
            return true;
        }
        boolean comes = !current.expectsContinue || body.hasBegun();
        return comes
                && body.truncation() == null
                && body.length().isPresent()
                && body.length().getAsLong() - body.received() <= Lingering.DRAINED_BYTES;
    }

    private void replyBegins() {
        deadline.arm(engine.settings.limits().idleTimeout(), least(), this::hangUp);
        autoRead(true);
    }

    /// What a client has to take or send in the time for which it may be silent.
    private long least() {
        Limits limits = engine.settings.limits();
        return limits.leastBytesPerSecond() * limits.idleTimeout().toMillis() / 1000;
    }

    /// The reply made progress.
    void progressed(long bytes) {
        deadline.moved(bytes);
    }

    /// The reply was written, or failed.
    void replied(OpenExchange current, boolean complete) {
        current.discharge();
        current.replied();
        if (!complete) {
            hangUp();
        } else if (current.isClosing()) {
            if (inputShut || (current.body.isComplete() && !decoder.hasWaiting())) {
                hangUp();
            } else {
                lingering.begin(channel.pipeline().context(this));
            }
        } else {
            finishIfOver();
        }
    }

    private void finishIfOver() {
        OpenExchange current = exchange;
        if (current == null || !current.isReplied() || current.isClosing() || !current.body.isComplete()) {
            return;
        }
        log(current);
        if (inputShut && !decoder.hasWaiting()) {
            hangUp();
            return;
        }
        autoRead(true);
        awaitRequest();
        decoder.release(channel.pipeline().context(decoder));
    }

    private void log(OpenExchange current) {
        exchange = null;
        current.discharge();
        try {
            engine.settings.accessLog().exchanged(current.finish(peer, decoder.takeConsumed()));
        } catch (RuntimeException e) {
            engine.report("the access log failed", e);
        }
    }

    private void refuse(Refused refused) {
        decoder.discard();
        undispatched = null;
        OpenExchange current = exchange != null ? exchange : unreadable(new Exchange.RequestLine("", "", ""));
        exchange = current;
        current.close();
        replyBegins();
        new ReplyWriter(channel, current, this, false).refuse(refused);
    }

    @Override
    public void begin() {
        channel.eventLoop().execute(() -> {
            OpenExchange current = exchange;
            if (current == null || current.body.isComplete()) {
                return;
            }
            if (current.takeContinue()) {
                current.wrote(CONTINUE.length);
                var _ = channel.writeAndFlush(
                        channel.alloc().buffer(CONTINUE.length).writeBytes(CONTINUE));
            }
            awaitBody();
            autoRead(true);
        });
    }

    private void awaitBody() {
        deadline.arm(engine.settings.limits().idleTimeout(), least(), () -> {
            OpenExchange silent = exchange;
            if (silent != null) {
                silent.close();
                silent.body.truncate(
                        "the client sent nothing, or too little, for "
                                + engine.settings.limits().idleTimeout().toMillis() + " ms",
                        408);
            }
        });
    }

    @Override
    public void pause() {
        if (channel.eventLoop().inEventLoop()) {
            autoRead(false); // ends the round of reads; what is asked in order follows
        }
        channel.eventLoop().execute(() -> {
            autoRead(false);
            deadline.disarm();
        });
    }

    @Override
    public void resume() {
        channel.eventLoop().execute(() -> {
            OpenExchange current = exchange;
            if (current != null && !current.body.isComplete() && !current.isReplied()) {
                awaitBody();
            }
            autoRead(true);
        });
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputShut = true;
            if (exchange == null || lingering.isUnderWay()) {
                hangUp();
            } else {
                exchange.body.truncate("the client stopped sending", 400);
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        deadline.cancel();
        OpenExchange current = exchange;
        if (current != null) {
            current.body.truncate("the client closed the connection", 0);
            current.body.abandon();
            log(current);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        boolean foreseen = cause instanceof IOException
                || cause instanceof UncheckedIOException
                || cause instanceof DecoderException;
        if (!foreseen) {
            engine.report("the connection of " + peer.address() + " failed", cause);
        }
        hangUp();
    }
}
