package dev.dray.client.transport;

import dev.dray.model.DrayException;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A registry or token server refused or failed a request.
///
/// The message names the operation, the host, and the reason in the registry's own words. It never contains
/// credentials, nor the query of token and upload addresses.
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

    /// The same refusal, attributed to the credentials that were sent.
    ///
    /// @param host the host that rejects them
    public RegistryException ofCredentials(String host, String advice) {
        return new RegistryException(
                kind(), host + " does not accept the user name or password", advice, status, errors(), request);
    }

    /// The HTTP status.
    public int status() {
        return status;
    }

    /// The entries of the body, if it was an OCI error body.
    public List<OciError> errors() {
        return errors == null ? List.of() : errors;
    }

    /// Method and address of the failed request, without the query.
    public String request() {
        return request;
    }

    /// True when the same request may succeed later: 429, or a failure of the server. The transport has repeated it
    /// already.
    public boolean isTemporary() {
        return status == 429 || status == 408 || (status >= 500 && status != 501 && status != 507);
    }

    /// True when the body has an entry with this code.
    public boolean hasCode(String code) {
        return errors().stream().anyMatch(error -> error.code().equals(code));
    }
}
