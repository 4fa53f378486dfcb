package dev.dray.http.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.http.Handler;
import dev.dray.http.Response;
import dev.dray.http.ResponseBody;
import dev.dray.http.netty.socket.Transport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every kind of reply body arrives whole, or is detectably truncated.
final class ReplyTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String HEAD = "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(Transport.class)
    void partOfAFileIsSentAndTheChannelClosed(Transport transport) throws IOException {
        String content = "0123456789".repeat(200_000);
        Path file = Files.writeString(directory.resolve("file"), content);
        FileChannel channel = FileChannel.open(file);
        Handler handler = request -> Response.of(206).body(new ResponseBody.FileRegion(channel, 5, 1_999_990));
        try (TestServer server = TestServer.start(handler, transport);
                RawClient client = server.connect()) {
            assertThat(client.send(GET).reply().body()).isEqualTo(content.substring(5, 1_999_995));
        }
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void fileThatIsTooShortIsA500() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "short");
        try (TestServer server = TestServer.start(
                        request -> Response.of(200).body(new ResponseBody.FileRegion(FileChannel.open(file), 0, 6)));
                RawClient client = server.connect()) {
            assertThat(client.send(GET).reply().status()).isEqualTo(500);
            assertThat(server.failure()).hasMessageContaining("shorter");
        }
    }

    @Test
    void replyToHeadAnnouncesTheLengthAndSendsNoBody() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "content");
        try (TestServer server =
                        TestServer.start(request -> Response.of(200).body(ResponseBody.FileRegion.open(file)));
                RawClient client = server.connect()) {
            assertThat(client.send(HEAD).replyToHead().header("content-length")).isEqualTo("7");
            assertThat(client.send(GET).reply().body()).isEqualTo("content");
        }
    }

    @Test
    void omittedBodyIsForHeadOnly() throws IOException {
        try (TestServer server =
                        TestServer.start(request -> Response.of(200).body(new ResponseBody.Omitted(5_000_000_000L)));
                RawClient client = server.connect()) {
            assertThat(client.send(HEAD).replyToHead().header("Content-Length")).isEqualTo("5000000000");
            assertThat(client.send(GET).reply().status()).isEqualTo(500);
        }
    }

    @Test
    void largeBytesArriveWhole() throws IOException {
        byte[] bytes = "0123456789".repeat(500_000).getBytes(StandardCharsets.US_ASCII);
        try (TestServer server = TestServer.start(request -> Response.of(200).body(new ResponseBody.Bytes(bytes)));
                RawClient client = server.connect()) {
            assertThat(client.send(GET).reply().body()).hasSize(5_000_000);
        }
    }

    @Test
    void streamIsCutAtItsAnnouncedLength() throws IOException {
        try (TestServer server = TestServer.start(request -> Response.of(200)
                        .body(new ResponseBody.Streamed(new ByteArrayInputStream(new byte[3_000_000]), 2_999_999)));
                RawClient client = server.connect()) {
            assertThat(client.send(GET).reply().body()).hasSize(2_999_999);
            assertThat(client.send(GET).reply().body()).hasSize(2_999_999);
        }
    }

    @Test
    void streamThatEndsEarlyClosesShort() throws Exception {
        try (TestServer server = TestServer.start(request ->
                        Response.of(200).body(new ResponseBody.Streamed(new ByteArrayInputStream(new byte[10]), 11)));
                RawClient client = server.connect()) {
            String all = client.send(GET).rest();

            assertThat(all).contains("Content-Length: 11");
            assertThat(all.substring(all.indexOf("\r\n\r\n") + 4).length()).isLessThan(11);
            assertThat(server.failure()).hasMessageContaining("1 bytes early");
        }
    }

    @Test
    void streamsThatWorkHardLeaveOthersTheirTurn() throws Exception {
        int streams = Runtime.getRuntime().availableProcessors();
        CountDownLatch atWork = new CountDownLatch(streams);
        AtomicBoolean released = new AtomicBoolean();
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        InputStream working = new InputStream() {
            @Override
            public int read() {
                atWork.countDown();
                while (!released.get() && System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
                return 1;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                target[offset] = (byte) read();
                return 1;
            }
        };
        Handler handler = request -> {
            if (request.path().raw().equals("/release")) {
                released.set(true);
                return Response.of(204);
            }
            return Response.of(200).body(new ResponseBody.Streamed(working, 1));
        };
        List<RawClient> clients = new ArrayList<>();
        try (TestServer server = TestServer.start(handler);
                RawClient other = server.connect()) {
            for (int i = 0; i < streams; i++) {
                clients.add(server.connect().send(GET));
            }
            assertThat(atWork.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(other.send("GET /release HTTP/1.1\r\nHost: a\r\n\r\n")
                            .reply()
                            .status())
                    .isEqualTo(204);
            for (RawClient client : clients) {
                assertThat(client.reply().body()).hasSize(1);
                client.close();
            }
        } finally {
            released.set(true);
        }
    }

    @Test
    void streamIsClosedWhenTheClientLeaves() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
        try (TestServer server = TestServer.start(
                request -> Response.of(200).body(new ResponseBody.Streamed(endless, Long.MAX_VALUE)))) {
            try (RawClient client = server.connect()) {
                client.send(GET);
            }
            assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void notModifiedAndNoContentHaveNoLength() throws IOException {
        try (TestServer server = TestServer.start(request ->
                        Response.of(Integer.parseInt(request.path().segments().getFirst())));
                RawClient client = server.connect()) {
            for (int status : new int[] {204, 304}) {
                RawClient.Reply reply = client.send("GET /" + status + " HTTP/1.1\r\nHost: a\r\n\r\n")
                        .reply();
                assertThat(reply.status()).isEqualTo(status);
                assertThat(reply.header("Content-Length")).isEmpty();
            }
        }
    }
}
