package dev.dray.model;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A failure that Dray can name: what failed, on what, and what to do about it.
///
/// The closed [Kind] is what programs decide on; each protocol (OCI error codes, Docker API statuses,
/// exit codes) maps it in exactly one table. The message is one line, lower case, without a full stop,
/// credentials redacted. Failures of storage and streams stay [java.io.IOException] until the code that
/// knows what was being attempted wraps them in this.
public class DrayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What kind of failure this is.
    public enum Kind {
        /// The thing asked for is not there, or the caller may not know that it is.
        NOT_FOUND,
        /// The caller is known and may not do this.
        DENIED,
        /// The caller must say who he is first.
        UNAUTHENTICATED,
        /// The input is malformed or contradicts itself.
        INVALID,
        /// The input is fine, but not in the present state of things.
        CONFLICT,
        /// The input exceeds a limit.
        TOO_LARGE,
        /// The disk or a quota is full.
        OUT_OF_SPACE,
        /// Stored or received bytes are not what their digest says.
        CORRUPT,
        /// The other side does not answer or answers with a failure; trying again may help.
        UNAVAILABLE,
        /// The input is well-formed but of a sort that is not handled.
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

    /// The same failure about a named thing: a digest, a repository, a file.
    public DrayException about(Object subject) {
        return new DrayException(kind, getMessage(), subject.toString(), advice.orElse(null), getCause());
    }

    /// The same failure with a sentence that says what to try next.
    public DrayException advising(String advice) {
        return new DrayException(kind, getMessage(), subject.orElse(null), advice, getCause());
    }

    public final Kind kind() {
        return kind;
    }

    /// The thing that the failure is about, when it is one thing.
    public final Optional<String> subject() {
        return subject == null ? Optional.empty() : subject;
    }

    /// What to do next, for people.
    public final Optional<String> advice() {
        return advice == null ? Optional.empty() : advice;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), kind.toString());
    }
}
