package dev.dray.http.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.http.HttpSettings;
import dev.dray.http.ListenAddress;
import dev.dray.http.Response;
import dev.dray.http.ResponseBody;
import dev.dray.http.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// HTTP over TLS, with certificates made by openssl.
final class TlsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    @TempDir
    private Path directory;

    private TlsFiles files;

    @BeforeEach
    void makeCertificate() throws Exception {
        files = new TlsFiles(directory.resolve("certificate.pem"), directory.resolve("key.pem"));
        issue("first");
    }

    private void issue(String name) throws IOException, InterruptedException {
        Path output = directory.resolve("openssl.log");
        Process openssl = new ProcessBuilder(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:prime256v1",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=" + name,
                        "-keyout",
                        files.key().toString(),
                        "-out",
                        files.certificateChain().toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(openssl.waitFor(PATIENCE)).isTrue();
        assertThat(openssl.exitValue()).as(Files.readString(output)).isZero();
    }

    private static SSLSocket connect(TestServer server) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustsAll()}, null);
        int port = ((ListenAddress.Tcp) server.server().address()).port();
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    private static String subject(TestServer server) throws IOException, GeneralSecurityException {
        try (SSLSocket socket = connect(server)) {
            X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return certificate.getSubjectX500Principal().getName();
        }
    }

    @Test
    void bodyAndFileTravelEncryptedAndAreCountedInClear() throws Exception {
        Path file = Files.write(directory.resolve("file"), new byte[1_000_000]);
        String put = "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n";
        try (TestServer server = TestServer.start(
                        request -> {
                            long count = request.body().drainTo(slab -> {});
                            assertThat(request.peer().secure()).isTrue();
                            return Response.of(200)
                                    .with("Count", Long.toString(count))
                                    .body(ResponseBody.FileRegion.open(file));
                        },
                        settings -> settings.withTls(files));
                RawClient client = RawClient.over(connect(server))) {
            RawClient.Reply reply = client.send(put).send(new byte[3_000_000]).reply();

            assertThat(reply.header("Count")).isEqualTo("3000000");
            assertThat(reply.body()).hasSize(1_000_000);
            assertThat(server.exchange()).satisfies(exchange -> {
                assertThat(exchange.bytesRead()).isEqualTo(put.length() + 3_000_000);
                assertThat(exchange.bytesWritten()).isEqualTo(reply.bytes());
            });
        }
    }

    @Test
    void clientThatIsStillSendingReadsAnEarlyReply() throws Exception {
        try (TestServer server = TestServer.start(request -> Response.of(403), settings -> settings.withTls(files));
                RawClient client = RawClient.over(connect(server))) {
            client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\n")
                    .send(new byte[5_000_000]);

            assertThat(client.reply().status()).isEqualTo(403);
        }
    }

    @Test
    void changedCertificateIsUsedAndABrokenOneIsNot() throws Exception {
        try (TestServer server = TestServer.start(request -> Response.of(200), settings -> settings.withTls(files))) {
            assertThat(subject(server)).isEqualTo("CN=first");

            issue("the second");
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!subject(server).equals("CN=the second") && System.nanoTime() < end) {
                Thread.sleep(20);
            }
            Files.writeString(files.key(), "nonsense");
            end = System.nanoTime() + PATIENCE.toNanos();
            while (server.failures().isEmpty() && System.nanoTime() < end) {
                assertThat(subject(server)).isEqualTo("CN=the second");
            }
            assertThat(server.failures()).isNotEmpty();
            assertThat(subject(server)).isEqualTo("CN=the second");
        }
    }

    @Test
    void clientThatSpeaksInClearDoesNotDisturb() throws Exception {
        try (TestServer server = TestServer.start(request -> Response.of(200), settings -> settings.withTls(files))) {
            try (RawClient clear = server.connect()) {
                clear.send(GET).rest();
            }
            try (RawClient client = RawClient.over(connect(server))) {
                assertThat(client.send(GET).reply().status()).isEqualTo(200);
            }
            assertThat(server.failures()).isEmpty();
        }
    }

    @Test
    void unreadableCertificateStopsTheStart() {
        HttpSettings settings = HttpSettings.listen(new ListenAddress.Tcp("127.0.0.1", 0))
                .withTls(new TlsFiles(directory.resolve("missing"), files.key()));

        assertThatThrownBy(() -> NettyHttpServer.start(settings, request -> Response.of(200)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing");
    }

    /// The tests check what is served, not who signed the certificate.
    private static final class TrustsAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authentication) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authentication) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
