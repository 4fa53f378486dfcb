package dev.dray.client.transport;

import dev.dray.model.DrayException;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A registry or token server refused or failed a request.
///
/// The message says what was attempted, on which host, and why it failed in the registry's own words. Credentials and
/// the query of token and upload addresses never appear in it.
public final class RegistryException extends DrayException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient @Nullable List<OciError> errors;
    private final String request;

    public RegistryException(
            Kind kind, String message, @Nullable String advice, int status, List<OciError> errors, String request) {
        super(kind, message, null, advice, null);
        this.status = status;
        this.errors = List.copyOf(errors);
        this.request = request;
    }

    /// The same refusal, now known to be of the credentials that were shown.
    ///
    /// @param host who does not accept them
    public RegistryException ofCredentials(String host, String advice) {
        return new RegistryException(
                kind(), host + " does not accept the user name or password", advice, status, errors(), request);
    }

    /// The HTTP status.
    public int status() {
        return status;
    }

    /// What the body said, when it was an OCI error body.
    public List<OciError> errors() {
        return errors == null ? List.of() : errors;
    }

    /// Method and address of the failed request, query left out.
    public String request() {
        return request;
    }

    /// True when the same request may succeed later: 429, or a failure on the server's side. It has been repeated
    /// already.
    public boolean isTemporary() {
        return status == 429 || status == 408 || (status >= 500 && status != 501 && status != 507);
    }

    /// True when the body has an entry with this code.
    public boolean hasCode(String code) {
        return errors().stream().anyMatch(error -> error.code().equals(code));
    }
}
