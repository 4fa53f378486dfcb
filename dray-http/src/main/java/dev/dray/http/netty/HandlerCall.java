package dev.dray.http.netty;

import dev.dray.http.BodyTooLarge;
import dev.dray.http.BodyTruncated;
import dev.dray.http.Request;
import dev.dray.http.Response;
import dev.dray.http.ResponseBody;
import java.io.IOException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Calls a handler, maps its exceptions to replies, and checks that the reply can be sent.
final class HandlerCall {

    private HandlerCall() {}

    /// The reply; null when the client is gone.
    static @Nullable Response run(Engine engine, OpenExchange exchange, Request request) {
        try {
            return sendable(engine.handler.handle(request), exchange);
        } catch (BodyTooLarge e) {
            return Response.of(413);
        } catch (BodyTruncated e) {
            OptionalInt status = exchange.body.faultStatus();
            return status.isPresent() ? Response.of(status.getAsInt()) : null;
        } catch (Throwable e) {
            engine.report("the handler of " + exchange.describe() + " failed", e);
            return Response.of(500);
        }
    }

    private static Response sendable(Response response, OpenExchange exchange) throws IOException {
        if (response.body() instanceof ResponseBody.Omitted && !exchange.headOnly && response.status() != 304) {
            throw new IllegalStateException("a body is omitted from a reply that is not to HEAD");
        }
        if (response.body() instanceof ResponseBody.FileRegion region
                && region.channel().size() - region.offset() < region.length()) {
            region.channel().close();
            throw new IOException(
                    "the file to be sent is shorter than " + region.offset() + " + " + region.length() + " bytes");
        }
        return response;
    }
}
