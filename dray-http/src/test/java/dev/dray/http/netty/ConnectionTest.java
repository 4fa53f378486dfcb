package dev.dray.http.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.http.Exchange;
import dev.dray.http.Response;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Requests that share a connection, and their lines in the access log.
final class ConnectionTest {
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = TestServer.start(
                request -> {
                    request.notes().put("user", "ann");
                    byte[] body = request.body().readAll(1000);
                    return Response.text(200, "text/plain", request.path() + " " + body.length);
                },
                TestServer::impatient);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        try (RawClient client = server.connect()) {
            client.send("PUT /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab"
                    + "GET /2 HTTP/1.1\r\nHost: a\r\n\r\n\r\nGET /3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                    + "GET /4 HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(client.reply().body()).isEqualTo("/1 2");
            assertThat(client.reply().body()).isEqualTo("/2 0");
            RawClient.Reply last = client.reply();
            assertThat(last.body()).isEqualTo("/3 0");
            assertThat(last.header("Connection")).isEqualTo("close");
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void requestInSmallPiecesIsUnderstood() throws Exception {
        try (RawClient client = server.connect()) {
            for (char letter : "PUT /a%2Fb?x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab".toCharArray()) {
                client.send(String.valueOf(letter));
            }
            assertThat(client.reply().body()).isEqualTo("/a%2Fb 2");
        }
    }

    @Test
    void http10IsClosedUnlessItAsksToBeKept() throws Exception {
        try (RawClient client = server.connect()) {
            client.send("GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(client.reply().header("Connection")).isEqualTo("keep-alive");

            client.send("GET /2 HTTP/1.0\r\n\r\n");
            assertThat(client.reply().header("Connection")).isEqualTo("close");
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void absoluteTargetIsServedLikeItsPath() throws Exception {
        try (RawClient client = server.connect()) {
            client.send("GET http://a:5000/v2/ HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.reply().body()).isEqualTo("/v2/ 0");
        }
    }

    @Test
    void clientThatStopsSendingAfterItsRequestGetsItsReply() throws Exception {
        try (RawClient client = server.connect()) {
            client.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n").shutdownOutput();

            assertThat(client.reply().body()).isEqualTo("/1 0");
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void silentConnectionIsClosed() throws Exception {
        try (RawClient client = server.connect()) {
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void headThatDoesNotEndIsAnsweredWith408() throws Exception {
        try (RawClient client = server.connect()) {
            assertThat(client.send("GET / HTTP/1.1\r\nHo").reply().status()).isEqualTo(408);
            assertThat(server.exchange().status()).isEqualTo(408);
        }
    }

    @Test
    void accessLogCountsEveryByteOfEachExchange() throws Exception {
        String first = "PUT /1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2;x=1\r\nab\r\n0\r\n\r\n";
        String second = "GET /2?q=1 HTTP/1.1\r\nHost: a\r\n\r\n";
        String third = "PUT /3 HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
        try (RawClient client = server.connect()) {
            client.send(first + second);
            RawClient.Reply one = client.reply();
            RawClient.Reply two = client.reply();
            RawClient.Reply interim = client.send(third).reply();
            RawClient.Reply three = client.send("ab").reply();

            Exchange put = server.exchange();
            assertThat(put.line()).isEqualTo(new Exchange.RequestLine("PUT", "/1", "HTTP/1.1"));
            assertThat(put.status()).isEqualTo(200);
            assertThat(put.bytesRead()).isEqualTo(first.length());
            assertThat(put.bytesWritten()).isEqualTo(one.bytes());
            assertThat(put.notes()).isEqualTo(Map.of("user", "ann"));
            assertThat(put.peer().address()).startsWith("127.0.0.1:");
            Exchange get = server.exchange();
            assertThat(get.line().target()).isEqualTo("/2?q=1");
            assertThat(get.bytesRead()).isEqualTo(second.length());
            assertThat(get.bytesWritten()).isEqualTo(two.bytes());
            Exchange expecting = server.exchange();
            assertThat(expecting.bytesRead()).isEqualTo(third.length() + 2);
            assertThat(expecting.bytesWritten()).isEqualTo(interim.bytes() + three.bytes());
        }
    }

    @Test
    void refusedRequestIsLoggedToo() throws Exception {
        try (RawClient client = server.connect()) {
            RawClient.Reply reply = client.send("nonsense\r\n\r\n").reply();

            Exchange refused = server.exchange();
            assertThat(refused.line().method()).isEmpty();
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.bytesRead()).isEqualTo(12);
            assertThat(refused.bytesWritten()).isEqualTo(reply.bytes());
        }
    }
}
