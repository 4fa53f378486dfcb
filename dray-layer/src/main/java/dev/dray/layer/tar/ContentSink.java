package dev.dray.layer.tar;

import dev.dray.model.Digest;
import java.io.IOException;

/// Takes the contents that a [TarSplitter] finds, one after the other, each streamed.
///
/// A content has no name: its hash and size are all that the recipe knows of it. The hash comes at the end, so a sink
/// stages the bytes and drops them when it has the same content already; the same content may come many
/// times in one stream. A content may be many gigabytes. Called from the thread that feeds the splitter. When the
/// splitter fails in the middle of a content, [#end] is not called for it; the owner of the sink cleans up.
public interface ContentSink {
    /// Drops everything, for callers that need the recipe or the summary alone. Thread safe.
    ContentSink NONE = new ContentSink() {
        @Override
        public void begin() {}

        @Override
        public void write(byte[] bytes, int offset, int length) {}

        @Override
        public void end(Digest digest, long size) {}
    };

    /// A content begins; it has at least one byte.
    void begin() throws IOException;

    /// More bytes of the content. The array belongs to the caller and changes after the call.
    void write(byte[] bytes, int offset, int length) throws IOException;

    /// The content is whole.
    ///
    /// @param digest SHA-256 of the bytes
    /// @param size how many there were
    void end(Digest digest, long size) throws IOException;
}
