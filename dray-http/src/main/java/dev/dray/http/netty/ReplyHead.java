package dev.dray.http.netty;

import dev.dray.http.Headers;
import dev.dray.http.Response;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;

/// Encodes status line and header fields of a reply.
final class ReplyHead {
    /// Fields that the server sets itself and drops from a handler's reply.
    private static final Set<String> OWN =
            Set.of("connection", "content-length", "date", "keep-alive", "transfer-encoding");

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static volatile Date date = new Date(0, "");

    private record Date(long second, String text) {}

    private ReplyHead() {}

    static void write(ByteBuf out, Response response, OpenExchange exchange) {
        StringBuilder head = new StringBuilder(256);
        head.append("HTTP/1.1 ").append(response.status()).append(' ');
        head.append(HttpResponseStatus.valueOf(response.status()).reasonPhrase());
        field(head, "Date", now());
        for (Headers.Field field : response.headers().fields()) {
            if (!OWN.contains(field.name().toLowerCase(Locale.ROOT))) {
                field(head, field.name(), field.value());
            }
        }
        if (response.status() != 204 && response.status() != 304) {
            field(head, "Content-Length", Long.toString(response.body().length()));
        }
        if (exchange.isClosing()) {
            field(head, "Connection", "close");
        } else if (exchange.http10) {
            field(head, "Connection", "keep-alive");
        }
        head.append("\r\n\r\n");
        out.writeCharSequence(head, StandardCharsets.ISO_8859_1);
    }

    private static void field(StringBuilder head, String name, String value) {
        head.append("\r\n").append(name).append(": ").append(value);
    }

    /// The current time to the second, formatted once per second.
    private static String now() {
        Instant now = Instant.now();
        Date known = date;
        if (known.second() != now.getEpochSecond()) {
            known = new Date(now.getEpochSecond(), HTTP_DATE.format(now));
            date = known;
        }
        return known.text();
    }
}
