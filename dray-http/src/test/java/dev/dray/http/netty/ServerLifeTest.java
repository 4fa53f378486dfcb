package dev.dray.http.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.http.HttpServer;
import dev.dray.http.HttpSettings;
import dev.dray.http.ListenAddress;
import dev.dray.http.Response;
import dev.dray.http.netty.socket.Transport;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Starting and stopping.
final class ServerLifeTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    @TempDir
    private Path directory;

    @Test
    void closeLetsARunningRequestFinish() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch proceed = new CountDownLatch(1);
        TestServer server = TestServer.start(request -> {
            entered.countDown();
            assertThat(proceed.await(10, TimeUnit.SECONDS)).isTrue();
            return Response.text(200, "text/plain", "finished");
        });
        try (RawClient busy = server.connect();
                RawClient idle = server.connect()) {
            busy.send(GET);
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
            Thread closing = Thread.ofPlatform().start(() -> server.server().close(Duration.ofSeconds(10)));
            assertThat(idle.isEnded()).isTrue();
            proceed.countDown();

            RawClient.Reply reply = busy.reply();
            assertThat(reply.body()).isEqualTo("finished");
            assertThat(reply.header("Connection")).isEqualTo("close");
            assertThat(closing.join(Duration.ofSeconds(20))).isTrue();
            assertThatThrownBy(server::connect).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void closeInterruptsAHandlerThatDoesNotFinish() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        TestServer server = TestServer.start(request -> {
            entered.countDown();
            try {
                Thread.sleep(Duration.ofMinutes(1));
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return Response.of(200);
        });
        try (RawClient client = server.connect()) {
            client.send(GET);
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
            server.close();

            assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void portInUseIsNamed() throws IOException {
        try (TestServer server = TestServer.start(request -> Response.of(200))) {
            HttpSettings same = HttpSettings.listen(server.server().address());

            assertThatThrownBy(() -> NettyHttpServer.start(same, request -> Response.of(200)))
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining(server.server().address().toString())
                    .hasMessageContaining("in use");
        }
    }

    /// A channel to a Unix socket has no timeout, so the test runs in a thread that it can abandon.
    @ParameterizedTest
    @EnumSource(Transport.class)
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void unixSocketIsServedAndRemovedAtTheEnd(Transport transport) throws IOException {
        Path socket = directory.resolve("dray.sock");
        HttpSettings settings = HttpSettings.listen(new ListenAddress.Unix(socket));
        try (HttpServer server = NettyHttpServer.start(
                        settings,
                        request ->
                                Response.text(200, "text/plain", request.peer().address()),
                        transport);
                SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            client.write(ByteBuffer.wrap("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            assertThat(new String(Channels.newInputStream(client).readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .endsWith("\r\n\r\nunix");
            assertThatThrownBy(() -> NettyHttpServer.start(settings, request -> Response.of(200), transport))
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining(socket.toString());
            assertThat(server.address()).isEqualTo(settings.address());
        }
        assertThat(socket).doesNotExist();
    }

    @Test
    void fileInPlaceOfAUnixSocketIsLeftAlone() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "precious");
        HttpSettings settings = HttpSettings.listen(new ListenAddress.Unix(file));

        assertThatThrownBy(() -> NettyHttpServer.start(settings, request -> Response.of(200)))
                .isInstanceOf(BindException.class);
        assertThat(file).hasContent("precious");
    }
}
