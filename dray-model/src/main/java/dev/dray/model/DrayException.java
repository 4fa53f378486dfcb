package dev.dray.model;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A failure in Dray's domain: what failed, on what, and what to do about it.
///
/// Programs decide on the closed [Kind]; each protocol (OCI error codes, Docker API statuses, exit codes) maps it in
/// exactly one table. The message is one line, lower case, without a full stop, credentials redacted. Failures of
/// storage and streams stay [java.io.IOException] until the code that knows the operation wraps them in this.
public class DrayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// The kind of a failure.
    public enum Kind {
        /// The object is absent, or the caller may not know that it exists.
        NOT_FOUND,
        /// The caller is authenticated and may not do this.
        DENIED,
        /// The caller must authenticate first.
        UNAUTHENTICATED,
        /// The input is malformed or contradicts itself.
        INVALID,
        /// The input is valid, but conflicts with the current state.
        CONFLICT,
        /// The input exceeds a limit.
        TOO_LARGE,
        /// The disk or a quota is full.
        OUT_OF_SPACE,
        /// Stored or received bytes do not match their digest.
        CORRUPT,
        /// The other side does not answer or answers with a failure; a retry may succeed.
        UNAVAILABLE,
        /// The input is well-formed but of an unsupported type.
        UNSUPPORTED,
        /// The work was stopped on request.
        CANCELLED
    }

    private final Kind kind;
    private final transient Optional<String> subject;
    private final transient Optional<String> advice;

    public DrayException(Kind kind, String message) {
        this(kind, message, null, null, null);
    }

    public DrayException(Kind kind, String message, @Nullable Throwable cause) {
        this(kind, message, null, null, cause);
    }

    protected DrayException(
            Kind kind, String message, @Nullable String subject, @Nullable String advice, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind);
        this.subject = Optional.ofNullable(subject);
        this.advice = Optional.ofNullable(advice);
    }

    /// The same failure about a named object: a digest, a repository, a file.
    public DrayException about(Object subject) {
        return new DrayException(kind, getMessage(), subject.toString(), advice.orElse(null), getCause());
    }

    /// The same failure with advice on what to try next.
    public DrayException advising(String advice) {
        return new DrayException(kind, getMessage(), subject.orElse(null), advice, getCause());
    }

    public final Kind kind() {
        return kind;
    }

    /// The object of the failure, if it is a single one.
    public final Optional<String> subject() {
        return subject == null ? Optional.empty() : subject;
    }

    /// What to do next, for users.
    public final Optional<String> advice() {
        return advice == null ? Optional.empty() : advice;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), kind.toString());
    }
}
