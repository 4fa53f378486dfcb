package dev.dray.registry.api;

import dev.dray.http.Method;
import dev.dray.http.Response;
import dev.dray.registry.RegistryBlobs;
import dev.dray.registry.api.Route.BlobRoute;
import java.io.IOException;

/// `/v2/<name>/blobs/<digest>`: HEAD, GET with ranges, and DELETE.
final class BlobEndpoint {
    private final RegistryBlobs blobs;

    BlobEndpoint(RegistryBlobs blobs) {
        this.blobs = blobs;
    }

    Response handle(BlobRoute route, Call call) throws IOException {
        BlobReply reply = new BlobReply(route.digest());
        return switch (call.method()) {
            case HEAD -> reply.toHead(blobs.size(call.caller(), route.repository(), route.digest()));
            case GET -> reply.to(call, () -> blobs.open(call.caller(), route.repository(), route.digest()));
            case DELETE -> {
                blobs.delete(call.caller(), route.repository(), route.digest());
                yield Response.of(202);
            }
            case POST, PUT, PATCH, OPTIONS -> Call.onlyAllowed(Method.GET, Method.HEAD, Method.DELETE);
        };
    }
}
