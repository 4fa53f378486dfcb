package dev.dray.registry.api;

import dev.dray.http.Method;
import dev.dray.http.Response;
import dev.dray.http.ResponseBody;
import dev.dray.registry.RegistryBlobs;
import dev.dray.registry.api.ByteRange.Wish;
import dev.dray.registry.api.Route.BlobRoute;
import dev.dray.store.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// `/v2/<name>/blobs/<digest>`: asking for blobs, reading them whole or in part, removing them.
final class BlobEndpoint {
    private static final int IN_MEMORY = 64 << 10;

    private final RegistryBlobs blobs;

    BlobEndpoint(RegistryBlobs blobs) {
        this.blobs = blobs;
    }

    Response handle(BlobRoute route, Call call) throws IOException {
        return switch (call.method()) {
            case HEAD -> head(route, call);
            case GET -> get(route, call);
            case DELETE -> {
                blobs.delete(call.caller(), route.repository(), route.digest());
                yield Response.of(202);
            }
            case POST, PUT, PATCH, OPTIONS -> Call.onlyAllowed(Method.GET, Method.HEAD, Method.DELETE);
        };
    }

    private Response head(BlobRoute route, Call call) {
        long size = blobs.size(call.caller(), route.repository(), route.digest());
        return describe(Response.of(200), route).body(new ResponseBody.Omitted(size));
    }

    private Response get(BlobRoute route, Call call) throws IOException {
        try {
            return get(blobs.open(call.caller(), route.repository(), route.digest()), route, call);
        } catch (NoSuchFileException e) {
            // A push of the same digest may have replaced the file since the row was read.
            return get(blobs.open(call.caller(), route.repository(), route.digest()), route, call);
        }
    }

    private static Response get(Blob blob, BlobRoute route, Call call) throws IOException {
        if (EntityTag.of(route.digest()).matches(call.header("If-None-Match"))) {
            return describe(Response.of(304), route);
        }
        return switch (ByteRange.parse(range(route, call), blob.size())) {
            case Wish.Whole _ -> describe(Response.of(200), route).body(body(blob, new ByteRange(0, blob.size())));
            case Wish.Part(ByteRange range) ->
                describe(Response.of(206), route)
                        .with("Content-Range", range.of(blob.size()))
                        .body(body(blob, range));
            case Wish.Unsatisfiable _ ->
                OciErrors.rangeNotSatisfiable().with("Content-Range", "bytes */" + blob.size());
        };
    }

    /// The wish for a part, unless it is only for a body that is another one by now.
    private static Optional<String> range(BlobRoute route, Call call) {
        boolean same = call.header("If-Range")
                .map(tag -> tag.equals(EntityTag.of(route.digest()).toString()))
                .orElse(true);
        return call.header("Range").filter(_ -> same);
    }

    private static ResponseBody body(Blob blob, ByteRange range) throws IOException {
        Optional<Path> file = blob.file();
        if (file.isPresent()) {
            FileChannel channel = FileChannel.open(file.get(), StandardOpenOption.READ);
            return new ResponseBody.FileRegion(channel, range.offset(), range.length());
        }
        InputStream stream = blob.open(range.offset());
        if (range.length() > IN_MEMORY) {
            return new ResponseBody.Streamed(stream, range.length());
        }
        try (stream) {
            return new ResponseBody.Bytes(stream.readNBytes((int) range.length()));
        }
    }

    private static Response describe(Response response, BlobRoute route) {
        return response.with("Content-Type", "application/octet-stream")
                .with("Docker-Content-Digest", route.digest().toString())
                .with("ETag", EntityTag.of(route.digest()).toString())
                .with("Accept-Ranges", "bytes");
    }
}
