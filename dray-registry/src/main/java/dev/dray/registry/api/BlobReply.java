package dev.dray.registry.api;

import dev.dray.http.Response;
import dev.dray.http.ResponseBody;
import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.registry.api.ByteRange.Wish;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The replies to those who want a blob, or a part of it, or to know how long it is.
///
/// A blob that is a file leaves by sendfile, any other as a stream. The first bytes of a stream are read before a word
/// of the reply is sent: what cannot be opened, or begins with damage, is an error with a status. What fails later
/// closes the connection short of the length that was announced.
///
/// @param digest of the blob
record BlobReply(Digest digest) {
    private static final int FIRST_BYTES = 64 << 10;

    /// Finds the blob.
    @FunctionalInterface
    interface Lookup {
        Content find() throws IOException;
    }

    /// The reply to HEAD. No byte of the blob is read for it.
    Response toHead(long size) {
        return described(200).body(new ResponseBody.Omitted(size));
    }

    /// The reply to GET.
    ///
    /// @param lookup asked a second time when the file is gone: another may have taken its place meanwhile, or
    ///     the blob is made from its recipe by now. What is found then is read as a stream, which follows the
    ///     blob should it move once more
    Response to(Call call, Lookup lookup) throws IOException {
        try {
            return to(call, lookup.find(), BlobReply::sent);
        } catch (NoSuchFileException e) {
            return to(call, lookup.find(), BlobReply::streamed);
        }
    }

    /// A way for bytes to leave.
    @FunctionalInterface
    private interface Way {
        ResponseBody of(Content blob, ByteRange range) throws IOException;
    }

    private Response to(Call call, Content blob, Way way) throws IOException {
        if (EntityTag.of(digest).matches(call.header("If-None-Match"))) {
            return described(304);
        }
        return switch (ByteRange.parse(range(call), blob.size())) {
            case Wish.Whole _ -> described(200).body(way.of(blob, new ByteRange(0, blob.size())));
            case Wish.Part(ByteRange range) ->
                described(206).with("Content-Range", range.of(blob.size())).body(way.of(blob, range));
            case Wish.Unsatisfiable _ ->
                OciErrors.rangeNotSatisfiable().with("Content-Range", "bytes */" + blob.size());
        };
    }

    /// The wish for a part, unless it is only for a body that is another one by now.
    private Optional<String> range(Call call) {
        boolean same = call.header("If-Range")
                .map(tag -> tag.equals(EntityTag.of(digest).toString()))
                .orElse(true);
        return call.header("Range").filter(_ -> same);
    }

    private static ResponseBody sent(Content blob, ByteRange range) throws IOException {
        Optional<Path> file = blob.file();
        if (file.isEmpty()) {
            return streamed(blob, range);
        }
        FileChannel channel = FileChannel.open(file.get(), StandardOpenOption.READ);
        return new ResponseBody.FileRegion(channel, range.offset(), range.length());
    }

    private static ResponseBody streamed(Content blob, ByteRange range) throws IOException {
        InputStream stream = blob.open(range.offset());
        boolean streaming = false;
        try {
            byte[] first = stream.readNBytes((int) Math.min(range.length(), FIRST_BYTES));
            if (first.length < Math.min(range.length(), FIRST_BYTES)) {
                throw new EOFException(
                        "blob %s ends %d bytes early".formatted(blob.digest(), range.length() - first.length));
            }
            streaming = first.length < range.length();
            return streaming
                    ? new ResponseBody.Streamed(
                            new SequenceInputStream(new ByteArrayInputStream(first), stream), range.length())
                    : new ResponseBody.Bytes(first);
        } finally {
            if (!streaming) {
                stream.close();
            }
        }
    }

    private Response described(int status) {
        return Response.of(status)
                .with("Content-Type", "application/octet-stream")
                .with("Docker-Content-Digest", digest.toString())
                .with("ETag", EntityTag.of(digest).toString())
                .with("Accept-Ranges", "bytes");
    }
}
