package dev.dray.client.transport;

import dev.dray.model.DrayException.Kind;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Converts an unexpected reply into the matching exception.
public final class Refusals {
    private Refusals() {}

    /// Reads the body up to the limits, and closes the reply.
    ///
    /// @param attempted the operation, for the message: `put manifest 1.0`
    public static RegistryException of(HttpReply reply, String attempted) {
        ErrorBody body;
        try (reply) {
            body = ErrorBody.read(reply.read(ErrorBody.LARGEST));
        } catch (IOException e) {
            body = ErrorBody.read(new byte[0]);
        }
        Kind kind = kind(reply.status());
        String host = reply.request().uri().getAuthority();
        String why = body.text().isEmpty() ? "" : ": " + body.text();
        return new RegistryException(
                kind,
                "cannot %s: %s answered %d%s".formatted(attempted, host, reply.status(), why),
                advice(kind, host),
                reply.status(),
                body.errors(),
                reply.request().line());
    }

    /// The one table from statuses to kinds.
    static Kind kind(int status) {
        return switch (status) {
            case 400, 416, 422 -> Kind.INVALID;
            case 401 -> Kind.UNAUTHENTICATED;
            case 403 -> Kind.DENIED;
            case 404, 410 -> Kind.NOT_FOUND;
            case 405, 406, 415, 501 -> Kind.UNSUPPORTED;
            case 409, 412 -> Kind.CONFLICT;
            case 413, 414 -> Kind.TOO_LARGE;
            case 507 -> Kind.OUT_OF_SPACE;
            default -> Kind.UNAVAILABLE;
        };
    }

    private static @Nullable String advice(Kind kind, String host) {
        return switch (kind) {
            case UNAUTHENTICATED -> "log in first: dray login " + (host.endsWith(".docker.io") ? "docker.io" : host);
            case DENIED -> "ask for the right on the repository, or log in as another user";
            case UNAVAILABLE -> "try again later";
            case OUT_OF_SPACE -> "the registry needs more space";
            case NOT_FOUND, INVALID, CONFLICT, TOO_LARGE, CORRUPT, UNSUPPORTED, CANCELLED -> null;
        };
    }
}
