package dev.dray.http.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.http.Response;
import dev.dray.seeds.Cases;
import dev.dray.seeds.Draw;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/// Whatever bytes a client sends, the server still answers the next one.
class RandomBytesTest {
    private static final List<String> FRAGMENTS = List.of(
            "GET / HTTP/1.1\r\n",
            "PUT /a%2Fb?c=d HTTP/1.1\r\n",
            "HEAD * HTTP/1.0\r\n",
            "Host: a\r\n",
            "Content-Length: 3\r\n",
            "Content-Length: 999999999999999999\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Expect: 100-continue\r\n",
            "Connection: close\r\n",
            "\r\n",
            "abc",
            "3\r\nabc\r\n",
            "0\r\n\r\n",
            "ffffffff\r\n",
            " folded\r\n",
            "\n",
            "\0");

    private static final TestServer SERVER = start();

    private static TestServer start() {
        try {
            return TestServer.start(
                    request -> Response.text(200, "text/plain", request.body().readAll(100).length + " bytes"),
                    TestServer::impatient);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Cases(300)
    void anyBytesLeaveTheServerServing(Draw draw) throws IOException {
        provoke(draw.bytes(0, 255));
    }

    @Cases(500)
    void fragmentsOfRequestsInAnyOrderLeaveTheServerServing(Draw draw) throws IOException {
        String text = String.join("", draw.list(0, 12, () -> draw.oneOf(FRAGMENTS)));
        provoke(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void provoke(byte[] bytes) throws IOException {
        try (RawClient hostile = SERVER.connect()) {
            hostile.send(bytes).shutdownOutput();
            hostile.rest();
        } catch (SocketException _) {
            // the server may hang up on what it does not like
        }
        try (RawClient client = SERVER.connect()) {
            assertThat(client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab")
                            .reply()
                            .body())
                    .isEqualTo("2 bytes");
        }
        assertThat(SERVER.failures()).isEmpty();
    }
}
