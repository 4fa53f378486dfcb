package dev.dray.registry.api;

import dev.dray.http.Response;
import dev.dray.http.ResponseBody;
import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.registry.api.ByteRange.Requested;
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

/// The replies to HEAD and GET of a blob, whole or in part.
///
/// A blob that is a file is sent by sendfile, any other as a stream. The first bytes of a stream are read before the
/// head of the reply is sent, so that a blob that cannot be opened, or is damaged at its start, yields an error status.
/// A later failure closes the connection short of the announced length.
///
/// @param digest of the blob
record BlobReply(Digest digest) {
    private static final int FIRST_BYTES = 64 << 10;

    /// Finds the blob.
    @FunctionalInterface
    interface Lookup {
        Content find() throws IOException;
    }

    /// The reply to HEAD; reads none of the blob's bytes.
    Response toHead(long size) {
        return described(200).body(new ResponseBody.Omitted(size));
    }

    /// The reply to GET.
    ///
    /// @param lookup called a second time when the file is gone: another file may have replaced it meanwhile, or
    ///     the blob may now be rebuilt from its recipe. The blob found then is read as a stream, which follows it
    ///     if it moves once more
    Response to(Call call, Lookup lookup) throws IOException {
        try {
            return to(call, lookup.find(), BlobReply::sent);
        } catch (NoSuchFileException e) {
            return to(call, lookup.find(), BlobReply::streamed);
        }
    }

    /// How the bytes are sent.
    @FunctionalInterface
    private interface Delivery {
        ResponseBody of(Content blob, ByteRange range) throws IOException;
    }

    private Response to(Call call, Content blob, Delivery delivery) throws IOException {
        if (EntityTag.of(digest).matches(call.header("If-None-Match"))) {
            return described(304);
        }
        return switch (ByteRange.parse(range(call), blob.size())) {
            case Requested.Whole _ -> described(200).body(delivery.of(blob, new ByteRange(0, blob.size())));
            case Requested.Part(ByteRange range) ->
                described(206).with("Content-Range", range.of(blob.size())).body(delivery.of(blob, range));
            case Requested.Unsatisfiable _ ->
                OciErrors.rangeNotSatisfiable().with("Content-Range", "bytes */" + blob.size());
        };
    }

    /// The `Range` header, unless its `If-Range` names other content.
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
