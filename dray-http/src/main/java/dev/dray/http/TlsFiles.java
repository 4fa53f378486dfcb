package dev.dray.http;

import java.nio.file.Path;
import java.util.Objects;

/// Certificate and key of a server, in PEM. The server reloads both when they change; if the new pair cannot be read,
/// the previous one stays in force and the [ErrorListener] receives the failure.
///
/// @param certificateChain the server's certificate first, then its issuers
/// @param key the private key, PKCS#8, not encrypted
public record TlsFiles(Path certificateChain, Path key) {

    public TlsFiles {
        Objects.requireNonNull(certificateChain);
        Objects.requireNonNull(key);
    }
}
