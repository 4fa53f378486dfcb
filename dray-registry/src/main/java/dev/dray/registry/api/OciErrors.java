package dev.dray.registry.api;

import dev.dray.http.Response;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import dev.dray.registry.ErrorTopic;
import dev.dray.registry.MissingContent;
import dev.dray.registry.RegistryException;
import java.util.List;
import java.util.Optional;

/// The one table that maps kinds of failure to statuses and codes (OCI distribution-spec, "Error codes"), and builds
/// error bodies.
///
/// Codes that the specification does not list are sent only with statuses from 500 on, for which it defines none.
final class OciErrors {
    private OciErrors() {}

    /// A status and the code in the body.
    private record Code(int status, String code) {}

    /// The reply to a failure.
    static Response reply(DrayException failure) {
        if (failure instanceof MissingContent missing) {
            return missing(missing.digests());
        }
        Code code = code(failure.kind(), concern(failure));
        Response response = body(code.status(), List.of(error(code.code(), message(failure), failure.subject())));
        return code.status() == 503 || code.status() == 429 ? response.with("Retry-After", "5") : response;
    }

    /// The reply to an unexpected failure; only the log says which.
    static Response unforeseen() {
        return body(500, "UNKNOWN", "unknown error, see the registry's log");
    }

    static Response methodNotAllowed(String allowed) {
        return methodNotAllowed(allowed, "the operation is unsupported");
    }

    /// @param why the message for users
    static Response methodNotAllowed(String allowed, String why) {
        return body(405, "UNSUPPORTED", why).with("Allow", allowed);
    }

    static Response rangeNotSatisfiable() {
        return body(416, "SIZE_INVALID", "the range is not satisfiable");
    }

    private static Response missing(List<Digest> digests) {
        return body(
                400,
                digests.stream()
                        .map(digest -> error(
                                "MANIFEST_BLOB_UNKNOWN", "blob unknown to registry", Optional.of(digest.toString())))
                        .toList());
    }

    private static Code code(DrayException.Kind kind, Optional<ErrorTopic> concern) {
        return switch (kind) {
            case UNAUTHENTICATED -> new Code(401, "UNAUTHORIZED");
            case DENIED -> new Code(403, "DENIED");
            case NOT_FOUND -> new Code(404, concern.map(OciErrors::unknown).orElse("NAME_UNKNOWN"));
            case INVALID, UNSUPPORTED -> concern.map(OciErrors::invalid).orElse(new Code(400, "UNSUPPORTED"));
            case TOO_LARGE -> new Code(concern.equals(Optional.of(ErrorTopic.TAG)) ? 414 : 413, "SIZE_INVALID");
            case CONFLICT -> new Code(409, "UNSUPPORTED");
            case CANCELLED -> new Code(409, "BLOB_UPLOAD_INVALID");
            case OUT_OF_SPACE -> new Code(507, "UNKNOWN");
            case CORRUPT -> new Code(500, "UNKNOWN");
            case UNAVAILABLE ->
                concern.filter(OciErrors::isOfCaller).isPresent()
                        ? new Code(429, "TOOMANYREQUESTS")
                        : new Code(503, "UNAVAILABLE");
        };
    }

    /// Whether it is the caller who has too much of something, and not the server too little.
    private static boolean isOfCaller(ErrorTopic concern) {
        return concern == ErrorTopic.UPLOAD || concern == ErrorTopic.LOGIN;
    }

    private static String unknown(ErrorTopic concern) {
        return switch (concern) {
            case BLOB, DIGEST, SIZE, RANGE -> "BLOB_UNKNOWN";
            case UPLOAD -> "BLOB_UPLOAD_UNKNOWN";
            case MANIFEST, TAG -> "MANIFEST_UNKNOWN";
            case REPOSITORY, PAGE, LOGIN -> "NAME_UNKNOWN";
        };
    }

    private static Code invalid(ErrorTopic concern) {
        return switch (concern) {
            case REPOSITORY -> new Code(400, "NAME_INVALID");
            case BLOB, DIGEST -> new Code(400, "DIGEST_INVALID");
            case UPLOAD -> new Code(400, "BLOB_UPLOAD_INVALID");
            case MANIFEST, TAG -> new Code(400, "MANIFEST_INVALID");
            case SIZE -> new Code(400, "SIZE_INVALID");
            case RANGE -> new Code(416, "BLOB_UPLOAD_INVALID");
            case PAGE, LOGIN -> new Code(400, "UNSUPPORTED");
        };
    }

    private static Optional<ErrorTopic> concern(DrayException failure) {
        return failure instanceof RegistryException known ? Optional.of(known.concern()) : Optional.empty();
    }

    private static String message(DrayException failure) {
        return failure.advice()
                .map(advice -> failure.getMessage() + "; " + advice)
                .orElse(failure.getMessage());
    }

    private static JsonValue error(String code, String message, Optional<String> detail) {
        JsonValue.ObjectBuilder error = JsonValue.object().put("code", code).put("message", message);
        detail.ifPresent(text -> error.put("detail", text));
        return error.build();
    }

    private static Response body(int status, String code, String message) {
        return body(status, List.of(error(code, message, Optional.empty())));
    }

    /// docker reads errors only from a body of exactly this type.
    private static Response body(int status, List<JsonValue> errors) {
        JsonValue document =
                JsonValue.object().put("errors", JsonValue.array(errors)).build();
        return Response.text(status, "application/json", Json.write(document).toString());
    }
}
