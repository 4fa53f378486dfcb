package dev.dray.registry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.http.Handler;
import dev.dray.http.HttpServer;
import dev.dray.http.HttpSettings;
import dev.dray.http.ListenAddress;
import dev.dray.http.Method;
import dev.dray.http.Response;
import dev.dray.http.netty.NettyHttpServer;
import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.registry.access.Caller;
import dev.dray.registry.http.Calls;
import dev.dray.registry.http.Reply;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Blobs without a file, over a real connection.
class BlobReplyTest {
    private static final byte[] BYTES = random(3_000_000);
    private static final Digest DIGEST = Digest.sha256(BYTES);

    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    private @Nullable HttpServer server;

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    /// A blob generated while it is read, which fails at a given position.
    private final class Made implements Content {
        private final long end;
        private final RuntimeException failure;

        Made(long end, RuntimeException failure) {
            this.end = end;
            this.failure = failure;
        }

        @Override
        public Digest digest() {
            return DIGEST;
        }

        @Override
        public long size() {
            return BYTES.length;
        }

        @Override
        public InputStream open(long offset) {
            opened.incrementAndGet();
            return new FilterInputStream(new ByteArrayInputStream(BYTES)) {
                private long position = skipped(in, offset);

                @Override
                public int read(byte[] into, int at, int most) throws IOException {
                    int wanted = (int) Math.min(most, end - position);
                    if (most > 0 && wanted == 0 && position < BYTES.length) {
                        throw failure;
                    }
                    int count = super.read(into, at, wanted);
                    position += Math.max(count, 0);
                    return count;
                }

                @Override
                public void close() {
                    closed.incrementAndGet();
                }
            };
        }
    }

    private static long skipped(InputStream in, long offset) {
        try {
            in.skipNBytes(offset);
            return offset;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Content whole() {
        return new Made(BYTES.length, new IllegalStateException());
    }

    private Calls serve(BlobReply.Lookup lookup) throws IOException {
        Handler handler = request -> {
            Call call = new Call(request, Caller.ANONYMOUS);
            BlobReply reply = new BlobReply(DIGEST);
            try {
                return call.method() == Method.HEAD ? reply.toHead(lookup.find().size()) : reply.to(call, lookup);
            } catch (IOException | DrayException e) {
                return Response.of(500);
            }
        };
        HttpServer started = NettyHttpServer.start(
                HttpSettings.listen(new ListenAddress.Tcp("127.0.0.1", 0))
                        .withErrors((_, failure) -> failures.add(failure)),
                handler);
        server = started;
        return Calls.to(URI.create("http://" + started.address()));
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close(Duration.ZERO);
        }
    }

    @Test
    void streamComesWithItsLengthAndIsClosed() throws IOException {
        Reply reply = serve(this::whole).get("/").expect(200).expectDigest(DIGEST);
        assertThat(reply.body()).isEqualTo(BYTES);
        assertThat(reply.header("Content-Length")).isEqualTo("3000000");
        assertThat(reply.find("Transfer-Encoding")).isEmpty();
        stop();
        assertThat(closed).hasValue(opened.get());
    }

    @Test
    void headOpensNothing() throws IOException {
        Reply reply = serve(this::whole).head("/").expect(200).expectDigest(DIGEST);
        assertThat(reply.header("Content-Length")).isEqualTo("3000000");
        assertThat(opened).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0-0", "0-65535", "0-65536", "65535-65537", "1500000-2500000", "2999999-", "-5", "-2999999"})
    void partOfAStreamIsThoseBytes(String range) throws IOException {
        Reply reply =
                serve(this::whole).with("Range", "bytes=" + range).get("/").expect(206);
        String[] bounds =
                reply.header("Content-Range").substring("bytes ".length()).split("[-/]", -1);
        int first = Integer.parseInt(bounds[0]);
        int last = Integer.parseInt(bounds[1]);
        assertThat(reply.body()).isEqualTo(Arrays.copyOfRange(BYTES, first, last + 1));
        assertThat(reply.header("Content-Length")).isEqualTo("" + (last - first + 1));
        stop();
        assertThat(opened).hasValue(1);
        assertThat(closed).hasValue(1);
    }

    @Test
    void partThatIsNotThereIs416AndNothingIsOpened() throws IOException {
        Reply reply = serve(this::whole).with("Range", "bytes=3000000-").get("/");
        reply.expectError(416, "SIZE_INVALID");
        assertThat(reply.header("Content-Range")).isEqualTo("bytes */3000000");
        assertThat(opened).hasValue(0);
    }

    @Test
    void failureInTheMiddleClosesTheConnectionShort() throws Exception {
        Calls calls = serve(() -> new Made(1_500_000, new IllegalStateException("the second half does not agree")));
        assertThatThrownBy(() -> calls.get("/")).isInstanceOf(UncheckedIOException.class);
        assertThat(failures.poll(10, TimeUnit.SECONDS)).hasMessage("the second half does not agree");

        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), calls.registry().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] all = socket.getInputStream().readAllBytes();
            String head = new String(all, 0, 400, StandardCharsets.ISO_8859_1);
            int body = all.length - head.indexOf("\r\n\r\n") - 4;
            assertThat(head).startsWith("HTTP/1.1 200").contains("Content-Length: 3000000");
            assertThat(body).isBetween(0, 1_500_000);
            assertThat(Arrays.copyOfRange(all, all.length - body, all.length)).isEqualTo(Arrays.copyOf(BYTES, body));
        }
        stop();
        assertThat(closed).hasValue(opened.get());
    }

    @Test
    void streamThatFailsAtItsBeginningIsAnErrorWithAStatus() throws IOException {
        DrayException corrupt = new DrayException(DrayException.Kind.CORRUPT, "the first segment does not agree");
        serve(() -> new Made(0, corrupt)).get("/").expect(500);
        assertThat(opened).hasValue(1);
        assertThat(closed).hasValue(1);
    }

    @Test
    void blobWhoseFileIsGoneIsLookedUpOnceMore() throws IOException {
        AtomicInteger lookups = new AtomicInteger();
        Calls calls = serve(() -> {
            if (lookups.incrementAndGet() == 1) {
                throw new NoSuchFileException("replaced meanwhile");
            }
            return whole();
        });
        assertThat(calls.get("/").expect(200).body()).isEqualTo(BYTES);
        assertThat(lookups).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource({"0, 2999999", "1500000, 1500009"})
    void blobWhoseFileIsUnlinkedBeforeItIsSentIsStreamed(int first, int last) throws IOException {
        AtomicInteger lookups = new AtomicInteger();
        Calls calls = serve(() -> {
            lookups.incrementAndGet();
            return new Unlinked(whole());
        });
        Reply reply = calls.with("Range", "bytes=%d-%d".formatted(first, last))
                .get("/")
                .expect(206);
        assertThat(reply.body()).isEqualTo(Arrays.copyOfRange(BYTES, first, last + 1));
        assertThat(lookups).hasValue(2);
        assertThat(opened).hasValue(1);
    }

    /// A blob whose row still names a deleted file.
    private record Unlinked(Content made) implements Content {
        @Override
        public Digest digest() {
            return made.digest();
        }

        @Override
        public long size() {
            return made.size();
        }

        @Override
        public Optional<Path> file() {
            return Optional.of(Path.of("/nonexistent/blob"));
        }

        @Override
        public InputStream open(long offset) throws IOException {
            return made.open(offset);
        }
    }
}
