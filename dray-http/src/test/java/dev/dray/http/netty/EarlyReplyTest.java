package dev.dray.http.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.http.Response;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Bodies that the handler does not read.
final class EarlyReplyTest {

    private static String put(long length, String fields) {
        return "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n" + fields + "\r\n";
    }

    @Test
    void continueIsSentWhenTheHandlerReads() throws IOException {
        try (TestServer server = TestServer.start(request ->
                        Response.text(200, "text/plain", request.body().readAll(10).length + " bytes"));
                RawClient client = server.connect()) {
            client.send(put(5, "Expect: 100-continue\r\n"));
            assertThat(client.reply().status()).isEqualTo(100);

            assertThat(client.send("hello").reply().body()).isEqualTo("5 bytes");
            assertThat(client.send(put(2, "") + "hi").reply().body()).isEqualTo("2 bytes");
        }
    }

    @Test
    void continueIsNotSentWhenTheHandlerDoesNotRead() throws IOException {
        try (TestServer server = TestServer.start(request -> Response.of(401));
                RawClient client = server.connect()) {
            client.send(put(5_000_000, "Expect: 100-continue\r\n"));

            RawClient.Reply reply = client.reply();
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.header("Connection")).isEqualTo("close");
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void continueIsNotSentWhenTheBodyIsHereAlready() throws IOException {
        try (TestServer server = TestServer.start(request ->
                        Response.text(200, "text/plain", request.body().readAll(10).length + " bytes"));
                RawClient client = server.connect()) {
            client.send(put(5, "Expect: 100-continue\r\n") + "hello");

            assertThat(client.reply().status()).isEqualTo(200);
        }
    }

    @Test
    void clientThatSendsABigBodyToItsEndStillReadsTheReply() throws IOException {
        try (TestServer server = TestServer.start(request -> Response.text(403, "text/plain", "no"));
                RawClient client = server.connect()) {
            client.send(put(50_000_000, ""));
            for (int part = 0; part < 50; part++) {
                client.send(new byte[1_000_000]);
            }

            assertThat(client.reply().body()).isEqualTo("no");
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void littleUnreadBodyIsDroppedAndTheConnectionKept() throws IOException {
        try (TestServer server = TestServer.start(request -> Response.of(404));
                RawClient client = server.connect()) {
            client.send(put(200_000, ""));
            assertThat(client.reply().header("Connection")).isEmpty();

            client.send(new byte[200_000]).send(put(3, "") + "abc");
            assertThat(client.reply().status()).isEqualTo(404);
        }
    }

    @Test
    void failureOfAHandlerIsA500WithoutABodyAndIsReported() throws Exception {
        try (TestServer server = TestServer.start(request -> {
                    throw new IllegalStateException("a bug");
                });
                RawClient client = server.connect()) {
            RawClient.Reply reply = client.send(put(3, "") + "abc").reply();

            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.body()).isEmpty();
            assertThat(server.failure()).hasMessage("a bug");
            assertThat(client.send(put(3, "") + "abc").reply().status()).isEqualTo(500);
        }
    }
}
