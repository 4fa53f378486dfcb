package dev.dray.http.netty;

import dev.dray.http.TlsFiles;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The certificate in force, reloaded when its files change. Uses BoringSSL where present, otherwise the JDK's TLS.
///
/// Checked when a connection is accepted, at most once in [#CHECK_NANOS]. Thread safe.
final class ReloadingTls {
    private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private record Stamp(FileTime modified, long size) {}

    private final TlsFiles files;
    private final Engine engine;
    private SslContext context;
    private List<Stamp> stamps;
    private long checked = System.nanoTime();

    /// @throws IOException when the files cannot be read or do not belong together
    ReloadingTls(TlsFiles files, Engine engine) throws IOException {
        this.files = files;
        this.engine = engine;
        this.stamps = stamps(files);
        this.context = load();
    }

    synchronized SslContext current() {
        long now = System.nanoTime();
        if (now - checked >= CHECK_NANOS) {
            checked = now;
            try {
                List<Stamp> found = stamps(files);
                if (!found.equals(stamps)) {
                    stamps = found;
                    context = load();
                }
            } catch (IOException e) {
                engine.report("the new TLS certificate is not used, the old one stays in force", e);
            }
        }
        return context;
    }

    private SslContext load() throws IOException {
        try {
            return SslContextBuilder.forServer(
                            files.certificateChain().toFile(), files.key().toFile())
                    .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                    .build();
        } catch (IOException | RuntimeException e) {
            throw new IOException(
                    "cannot use TLS certificate " + files.certificateChain() + " with key " + files.key() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private static List<Stamp> stamps(TlsFiles files) throws IOException {
        return List.of(stamp(files.certificateChain()), stamp(files.key()));
    }

    private static Stamp stamp(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(attributes.lastModifiedTime(), attributes.size());
    }
}
