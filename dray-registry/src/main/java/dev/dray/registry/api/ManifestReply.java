package dev.dray.registry.api;

import dev.dray.http.Response;
import dev.dray.http.ResponseBody;
import dev.dray.store.catalog.Manifests.Stored;

/// The reply to GET or HEAD of a manifest.
record ManifestReply(Stored stored) {
    Response to(Call call) {
        EntityTag tag = EntityTag.of(stored.digest());
        boolean known = tag.matches(call.header("If-None-Match"));
        Response response = Response.of(known ? 304 : 200)
                .with("Content-Type", stored.mediaType().value())
                .with("Docker-Content-Digest", stored.digest().toString())
                .with("ETag", tag.toString());
        return known
                ? response
                : response.body(new ResponseBody.Bytes(stored.raw().toByteArray()));
    }
}
