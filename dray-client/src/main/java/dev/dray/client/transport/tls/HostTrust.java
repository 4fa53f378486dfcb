package dev.dray.client.transport.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/// TLS that trusts the JDK's authorities and, for one host, those in its folder of docker's `certs.d`.
public final class HostTrust implements TlsSocketStrategy {
    private final Path certificates;
    private final Map<String, TlsSocketStrategy> strategies = new ConcurrentHashMap<>();

    public HostTrust(Path certificates) {
        this.certificates = certificates;
    }

    @Override
    public SSLSocket upgrade(Socket socket, String target, int port, @Nullable Object attachment, HttpContext context)
            throws IOException {
        String host = target + ":" + port;
        TlsSocketStrategy strategy = strategies.get(host);
        if (strategy == null) {
            strategy = new DefaultClientTlsStrategy(contextFor(target, port));
            strategies.put(host, strategy);
        }
        return strategy.upgrade(socket, target, port, attachment, context);
    }

    /// The context for one host.
    SSLContext contextFor(String host, int port) throws IOException {
        List<X509Certificate> further = new ArrayList<>(read(certificates.resolve(host + ":" + port)));
        if (port == 443) {
            further.addAll(read(certificates.resolve(host)));
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, further.isEmpty() ? null : trusting(further), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot set up TLS for " + host, e);
        }
    }

    private static List<X509Certificate> read(Path folder) throws IOException {
        List<X509Certificate> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.crt")) {
            for (Path file : files) {
                try (InputStream in = Files.newInputStream(file)) {
                    for (Certificate certificate :
                            CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                        found.add((X509Certificate) certificate);
                    }
                } catch (GeneralSecurityException e) {
                    throw new IOException(file + " is not a certificate", e);
                }
            }
        }
        return found;
    }

    private static TrustManager[] trusting(List<X509Certificate> further) throws GeneralSecurityException, IOException {
        KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
        all.load(null, null);
        int number = 0;
        for (TrustManager manager : managers(null)) {
            if (manager instanceof X509TrustManager x509) {
                for (X509Certificate issuer : x509.getAcceptedIssuers()) {
                    all.setCertificateEntry("jdk-" + number++, issuer);
                }
            }
        }
        for (X509Certificate certificate : further) {
            all.setCertificateEntry("host-" + number++, certificate);
        }
        return managers(all);
    }

    private static TrustManager[] managers(@Nullable KeyStore keys) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(keys);
        return factory.getTrustManagers();
    }
}
