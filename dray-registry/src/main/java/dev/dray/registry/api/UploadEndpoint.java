package dev.dray.registry.api;

import dev.dray.http.Method;
import dev.dray.http.RequestBody;
import dev.dray.http.Response;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import dev.dray.registry.ErrorTopic;
import dev.dray.registry.RegistryException;
import dev.dray.registry.RegistryMounts;
import dev.dray.registry.RegistryUploads;
import dev.dray.registry.api.Route.UploadRoute;
import dev.dray.registry.api.Route.UploadsRoute;
import dev.dray.store.upload.Upload;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/// `/v2/<name>/blobs/uploads/`: starts, mounts, continues and completes uploads.
final class UploadEndpoint {
    private final RegistryUploads uploads;
    private final RegistryMounts mounts;

    UploadEndpoint(RegistryUploads uploads, RegistryMounts mounts) {
        this.uploads = uploads;
        this.mounts = mounts;
    }

    Response handle(UploadsRoute route, Call call) throws IOException {
        if (call.method() != Method.POST) {
            return Call.onlyAllowed(Method.POST);
        }
        Optional<String> mount = call.query().first("mount");
        if (mount.isPresent()) {
            return mount(route.repository(), Route.digest(mount.get()), call);
        }
        Optional<String> digest = call.query().first("digest");
        if (digest.isPresent()) {
            Digest announced = Route.digest(digest.get());
            uploads.put(
                    call.caller(),
                    route.repository(),
                    announced,
                    sink -> call.body().drainTo(sink::write));
            return created(route.repository(), announced);
        }
        call.query()
                .first("digest-algorithm")
                .ifPresent(label -> Route.checked(ErrorTopic.DIGEST, () -> Digest.Algorithm.parse(label)));
        return start(route.repository(), call);
    }

    private Response mount(RepositoryName target, Digest digest, Call call) {
        Optional<RepositoryName> source =
                call.query().first("from").filter(RepositoryName::isValid).map(RepositoryName::parse);
        if (mounts.mount(call.caller(), target, digest, source)) {
            call.request().notes().put("mounted", digest + " from " + source.orElse(target));
            return created(target, digest);
        }
        return start(target, call);
    }

    private Response start(RepositoryName repository, Call call) {
        try (Upload upload = uploads.start(call.caller(), call.client(), repository)) {
            return session(202, upload);
        }
    }

    Response handle(UploadRoute route, Call call) throws IOException {
        return switch (call.method()) {
            case PATCH -> patch(route, call);
            case PUT -> put(route, call);
            case GET -> {
                try (Upload upload = resume(route, call)) {
                    yield session(204, upload);
                }
            }
            case DELETE -> {
                try (Upload upload = resume(route, call)) {
                    uploads.cancel(upload);
                    yield Response.of(204);
                }
            }
            case HEAD, POST, OPTIONS -> Call.onlyAllowed(Method.GET, Method.PATCH, Method.PUT, Method.DELETE);
        };
    }

    private Response patch(UploadRoute route, Call call) throws IOException {
        Optional<ContentRange> range = ContentRange.parse(call.header("Content-Range"));
        try (Upload upload = resume(route, call)) {
            if (isOutOfOrder(range, upload)) {
                return outOfOrder(upload);
            }
            append(range, upload, call.body());
            return session(202, upload);
        }
    }

    private Response put(UploadRoute route, Call call) throws IOException {
        Digest digest = Route.digest(call.query()
                .first("digest")
                .orElseThrow(() -> new RegistryException(
                        DrayException.Kind.INVALID, ErrorTopic.DIGEST, "the parameter \"digest\" is missing")));
        Optional<ContentRange> range = ContentRange.parse(call.header("Content-Range"));
        try (Upload upload = resume(route, call)) {
            if (isOutOfOrder(range, upload)) {
                return outOfOrder(upload);
            }
            append(range, upload, call.body());
            uploads.finish(call.caller(), upload, digest);
            return created(route.repository(), digest);
        }
    }

    private Upload resume(UploadRoute route, Call call) throws IOException {
        return uploads.resume(call.caller(), route.repository(), route.id());
    }

    private static boolean isOutOfOrder(Optional<ContentRange> range, Upload upload) {
        return range.isPresent() && range.get().first() != upload.offset();
    }

    /// Appends the body; where the client said which bytes it is, no more than those, and it is an
    /// error when there are fewer. What was appended stays: the session's offset tells the client where
    /// to go on.
    private void append(Optional<ContentRange> range, Upload upload, RequestBody body) throws IOException {
        OptionalLong announced = body.length();
        if (range.isPresent()
                && announced.isPresent()
                && announced.getAsLong() != range.get().length()) {
            throw wrongLength();
        }
        long end = range.map(ContentRange::last).orElse(Long.MAX_VALUE - 1) + 1;
        uploads.append(
                upload,
                sink -> body.drainTo(slab -> {
                    if (slab.remaining() > end - upload.offset()) {
                        throw wrongLength();
                    }
                    sink.write(slab);
                }));
        if (range.isPresent() && upload.offset() != end) {
            throw wrongLength();
        }
    }

    private static DrayException wrongLength() {
        return new RegistryException(
                DrayException.Kind.INVALID, ErrorTopic.SIZE, "the chunk is not as long as its Content-Range says");
    }

    private static Response outOfOrder(Upload upload) {
        DrayException failure = new RegistryException(
                DrayException.Kind.INVALID,
                ErrorTopic.RANGE,
                "the chunk does not begin where the upload is, at %d".formatted(upload.offset()));
        return describe(OciErrors.reply(failure), upload);
    }

    private static Response session(int status, Upload upload) {
        return describe(Response.of(status), upload);
    }

    /// docker expects two numbers in `Range`, the second not less than the first, even for an empty session.
    private static Response describe(Response response, Upload upload) {
        return response.with("Location", "/v2/%s/blobs/uploads/%s".formatted(upload.repository(), upload.id()))
                .with("Docker-Upload-UUID", upload.id())
                .with("Range", "0-" + Math.max(0, upload.offset() - 1));
    }

    private static Response created(RepositoryName repository, Digest digest) {
        return Response.of(201)
                .with("Location", "/v2/%s/blobs/%s".formatted(repository, digest))
                .with("Docker-Content-Digest", digest.toString());
    }
}
