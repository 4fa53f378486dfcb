package dev.dray.store.layer;

import dev.dray.layer.prove.GzipScan;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;

/// What one reading of a blob's file tells.
///
/// @param digest of the file, in the algorithm that was asked for
/// @param content what is in it
record BlobScan(Digest digest, Content content) {
    private static final int BUFFER = 256 << 10;

    /// What is in a blob.
    sealed interface Content {
        /// A layer.
        ///
        /// @param diffId SHA-256 of the plain bytes
        /// @param scan of the compression; empty when there is none
        record Layer(Digest diffId, Optional<GzipScan> scan) implements Content {}

        /// Nothing that can be made again.
        record Other(String reason) implements Content {}
    }

    /// Reads a blob to its end; closes nothing.
    static BlobScan of(InputStream blob, Digest.Algorithm algorithm) throws IOException {
        MessageDigest hasher = algorithm.hasher();
        InputStream in = new BufferedInputStream(new DigestInputStream(blob, hasher), BUFFER);
        Content content = content(in);
        in.transferTo(OutputStream.nullOutputStream());
        return new BlobScan(Digest.of(algorithm, hasher.digest()), content);
    }

    private static Content content(InputStream in) throws IOException {
        MessageDigest hasher = Digest.Algorithm.SHA256.hasher();
        OutputStream plain = new DigestOutputStream(OutputStream.nullOutputStream(), hasher);
        Optional<GzipScan> scan;
        try {
            scan = BlobForm.read(in, plain);
        } catch (DrayException e) {
            return new Content.Other(e.getMessage());
        }
        return new Content.Layer(Digest.of(Digest.Algorithm.SHA256, hasher.digest()), scan);
    }
}
