package dev.dray.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.dray.client.memory.HostMemory;
import dev.dray.model.DrayException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A loopback registry that speaks TLS is reached by TLS, and its certificate is verified.
class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path folder;

    private final HostMemory memory = HostMemory.inMemory();
    private HttpsServer server;
    private KeyStore keys;

    @BeforeEach
    void start() throws Exception {
        keys = keys(folder.resolve("keys.p12"));
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/v2/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static KeyStore keys(Path file) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "registry",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private String host() {
        return "localhost:" + server.getAddress().getPort();
    }

    private RegistryClient client() {
        return RegistryClient.open(ClientOptions.builder()
                .memory(memory)
                .certificates(folder.resolve("certs.d"))
                .retries(0, Duration.ofMillis(1))
                .build());
    }

    /// The host spoke plain HTTP when an earlier command met it.
    @Test
    void aHostThatSpeaksTlsNowIsNoLongerSpokenToInPlainHttp() throws Exception {
        memory.change(host(), facts -> facts.withScheme(Optional.of("http")));
        trust();
        try (RegistryClient client = client()) {
            assertThatCode(() -> client.ping(host())).doesNotThrowAnyException();
        }
        assertThat(memory.of(host()).scheme()).isEmpty();
    }

    @Test
    void anAuthorityInTheHostsFolderIsTrusted() throws Exception {
        trust();
        try (RegistryClient client = client()) {
            assertThatCode(() -> client.ping(host())).doesNotThrowAnyException();
        }
    }

    private void trust() throws Exception {
        Path certificate = Files.createDirectories(folder.resolve("certs.d").resolve(host()))
                .resolve("ca.crt");
        Files.writeString(
                certificate,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(keys.getCertificate("registry").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
    }

    @Test
    void anUnknownCertificateIsNotTrustedOnLoopbackEither() throws IOException {
        try (RegistryClient client = client()) {
            assertThatThrownBy(() -> client.ping(host()))
                    .isInstanceOfSatisfying(DrayException.class, e -> {
                        assertThat(e.kind()).isEqualTo(DrayException.Kind.UNAVAILABLE);
                        assertThat(e.advice())
                                .hasValueSatisfying(advice -> assertThat(advice).contains("certs.d"));
                    })
                    .hasMessageContaining("certificate is not trusted");
        }
    }
}
