package dev.dray.http;

import java.nio.file.Path;
import java.util.Objects;

/// Certificate and key of a server, in PEM. Both are read again when they change; a pair that cannot be read
/// leaves the last good one in force and goes to the [ErrorListener].
///
/// @param certificateChain the server's certificate first, then what signed it
/// @param key the private key, PKCS#8, not encrypted
public record TlsFiles(Path certificateChain, Path key) {

    public TlsFiles {
        Objects.requireNonNull(certificateChain);
        Objects.requireNonNull(key);
    }
}
