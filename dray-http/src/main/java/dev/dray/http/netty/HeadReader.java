package dev.dray.http.netty;

import dev.dray.http.Headers;
import dev.dray.http.Method;
import dev.dray.http.RequestHead;
import io.netty.handler.codec.http.HttpRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/// Converts a parsed head into the request that handlers see, and rejects ambiguous heads (RFC 9112, sections 3.2 and
/// 6).
final class HeadReader {
    private static final int LENGTH_DIGITS = 18;

    private HeadReader() {}

    static RequestHead read(HttpRequest request) throws Refused {
        String version = request.protocolVersion().text();
        if (!version.equals("HTTP/1.1") && !version.equals("HTTP/1.0")) {
            throw new Refused(505, "only HTTP/1.1 and HTTP/1.0 are spoken here");
        }
        String name = request.method().name();
        Method method = Method.of(name).orElseThrow(() -> new Refused(501, "method \"" + name + "\" is not known"));
        try {
            Headers headers = headers(request);
            RequestHead head = RequestHead.of(method, originForm(request.uri()), version, headers);
            checkHost(head);
            checkFraming(head);
            return head;
        } catch (IllegalArgumentException e) {
            throw new Refused(400, String.valueOf(e.getMessage()));
        }
    }

    /// The announced length of the body; absent when it is chunked. Only for heads that [#read] accepted.
    static OptionalLong bodyLength(RequestHead head) {
        if (head.headers().first("Transfer-Encoding").isPresent()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                head.headers().first("Content-Length").map(Long::parseLong).orElse(0L));
    }

    /// Whether the client waits for an interim reply before it sends the body.
    static boolean expectsContinue(RequestHead head) {
        return head.version().equals("HTTP/1.1")
                && head.headers().first("Expect").orElse("").equalsIgnoreCase("100-continue");
    }

    /// Whether the client wants to keep the connection alive.
    static boolean wantsKeepAlive(RequestHead head) {
        List<String> options = head.headers().all("Connection").stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .map(option -> option.strip().toLowerCase(Locale.ROOT))
                .toList();
        return !options.contains("close") && (head.version().equals("HTTP/1.1") || options.contains("keep-alive"));
    }

    private static Headers headers(HttpRequest request) {
        List<Headers.Field> fields = new ArrayList<>();
        Iterator<Map.Entry<String, String>> entries = request.headers().iteratorAsString();
        while (entries.hasNext()) {
            Map.Entry<String, String> entry = entries.next();
            fields.add(new Headers.Field(entry.getKey(), entry.getValue()));
        }
        return new Headers(fields);
    }

    /// The target without the scheme and host that clients send to proxies (RFC 9112, section 3.2.2).
    private static String originForm(String target) {
        int scheme = target.startsWith("http://") ? 7 : target.startsWith("https://") ? 8 : 0;
        if (scheme == 0) {
            return target;
        }
        int slash = target.indexOf('/', scheme);
        return slash < 0 ? "/" : target.substring(slash);
    }

    private static void checkHost(RequestHead head) throws Refused {
        int hosts = head.headers().all("Host").size();
        if (hosts > 1 || (hosts == 0 && head.version().equals("HTTP/1.1"))) {
            throw new Refused(400, "a request needs exactly one Host field");
        }
    }

    private static void checkFraming(RequestHead head) throws Refused {
        List<String> lengths = head.headers().all("Content-Length");
        List<String> encodings = head.headers().all("Transfer-Encoding");
        if (!encodings.isEmpty()
                && (!lengths.isEmpty()
                        || encodings.size() > 1
                        || !encodings.getFirst().equalsIgnoreCase("chunked")
                        || head.version().equals("HTTP/1.0"))) {
            throw new Refused(400, "the only transfer encoding is chunked, on HTTP/1.1 and without a Content-Length");
        }
        if (lengths.size() > 1 || (lengths.size() == 1 && !isLength(lengths.getFirst()))) {
            throw new Refused(400, "a request has one Content-Length, a number");
        }
    }

    private static boolean isLength(String text) {
        return !text.isEmpty()
                && text.length() <= LENGTH_DIGITS
                && text.chars().allMatch(letter -> letter >= '0' && letter <= '9');
    }
}
