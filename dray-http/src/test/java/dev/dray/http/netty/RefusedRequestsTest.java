package dev.dray.http.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.http.Response;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that a proxy could interpret differently are refused, and the connection is closed.
final class RefusedRequestsTest {
    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start(request -> {
            request.body().readAll(1 << 20);
            return Response.text(200, "text/plain", "served");
        });
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\nHost: a\n\n",
                "GET / HTTP/1.1\r\nHost: a\n\r\n",
                "GET / HTTP/1.1\rHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n folded\r\n\r\n",
                "GET / HTTP/1.1\r\n Host: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\n: nameless\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: nul\0byte\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX\u00e9: 1\r\n\r\n",
                "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / \r\nHost: a\r\n\r\n",
                "GET /\r\n\r\n",
                "GET / HTTP/1.1 more\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET nowhere HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /?q=%f HTTP/1.1\r\nHost: a\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n0\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
                "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 6\r\n\r\nhello!",
                "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nhello",
                "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x5\r\n\r\nhello",
                "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: \r\n\r\nhello",
                "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "PUT / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nx\r\n0\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n+1\r\nx\r\n0\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0x1\r\nx\r\n0\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\ng\r\nx\r\n0\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\r\nx\r\n0\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1 1\r\nx\r\n0\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\nx\r\n0\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\nx\r\n0\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;a\nb\r\nx\r\n0\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nxyz\r\n0\r\n\r\n",
            })
    void malformedRequestIsAnsweredWith400AndCloses(String request) throws IOException {
        try (RawClient client = server.connect()) {
            client.send(request + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(client.reply().status()).isEqualTo(400);
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void chunkExtensionWithoutEndIsRefused() throws IOException {
        try (RawClient client = server.connect()) {
            client.send("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;" + "x".repeat(10_000));

            assertThat(client.reply().status()).isEqualTo(400);
        }
    }

    @Test
    void unknownMethodIsAnsweredWith501() throws IOException {
        try (RawClient client = server.connect()) {
            assertThat(client.send("BREW / HTTP/1.1\r\nHost: a\r\n\r\n").reply().status())
                    .isEqualTo(501);
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void otherVersionIsAnsweredWith505() throws IOException {
        try (RawClient client = server.connect()) {
            assertThat(client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").reply().status())
                    .isEqualTo(505);
        }
    }

    @Test
    void longRequestLineIsAnsweredWith414() throws IOException {
        try (RawClient client = server.connect()) {
            client.send("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(client.reply().status()).isEqualTo(414);
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void manyHeaderFieldsAreAnsweredWith431() throws IOException {
        try (RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n" + "X: 0123456789012345678901234567\r\n".repeat(1_100) + "\r\n");

            assertThat(client.reply().status()).isEqualTo(431);
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void headJustWithinLimitsIsServed() throws IOException {
        try (RawClient client = server.connect()) {
            client.send("GET /" + "x".repeat(8_000) + " HTTP/1.1\r\nHost: a\r\nX: " + "y".repeat(32_000) + "\r\n\r\n");

            assertThat(client.reply().body()).isEqualTo("served");
        }
    }

    @Test
    void greetingByTlsIsRefusedAndKnownForWhatItIs() throws Exception {
        byte[] greeting = {22, 3, 1, 0, 5, 1, 0, 0, 1, 0};
        try (TestServer server = TestServer.start(request -> Response.of(200));
                RawClient client = server.connect()) {
            client.send(greeting);

            assertThat(client.reply().status()).isEqualTo(400);
            assertThat(server.exchange().isTlsGreeting()).isTrue();
        }
    }
}
