package dev.dray.layer.tar;

import dev.dray.model.Digest;
import java.io.IOException;
import java.io.InputStream;

/// Gives the contents back that a [ContentSink] took.
@FunctionalInterface
public interface ContentSource {
    /// Opens a content; the caller closes, and before that reads or skips all of it unless it gives up the whole
    /// layer.
    ///
    /// @param digest SHA-256 of the content
    /// @param size its length in bytes
    InputStream open(Digest digest, long size) throws IOException;

    /// Skips a content. Calls of this and of [#open], one for each reference,
    /// come in the order of the recipe, so that a source which is itself a stream does not lose its position.
    ///
    /// @param digest SHA-256 of the content
    /// @param size its length in bytes
    default void skip(Digest digest, long size) throws IOException {}
}
