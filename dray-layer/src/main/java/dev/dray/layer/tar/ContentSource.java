package dev.dray.layer.tar;

import dev.dray.model.Digest;
import java.io.IOException;
import java.io.InputStream;

/// Gives the contents back that a [ContentSink] took.
@FunctionalInterface
public interface ContentSource {
    /// Opens a content; the caller closes.
    ///
    /// @param digest SHA-256 of the content
    /// @param size its length in bytes
    InputStream open(Digest digest, long size) throws IOException;
}
