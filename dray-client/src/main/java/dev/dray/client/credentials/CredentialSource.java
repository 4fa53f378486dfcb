package dev.dray.client.credentials;

import java.util.Optional;

/// Finds the credentials for a host. Called lazily, only for hosts that demand credentials.
///
/// Implementations are thread safe and may block (on a helper program), but must return within a deadline.
@FunctionalInterface
public interface CredentialSource {
    /// The credentials for `host`, if there are any.
    ///
    /// @param host as references write it: `docker.io`, `localhost:5000`
    /// @throws dev.dray.model.DrayException when a file or helper that should know fails
    Optional<Credentials> find(String host);

    /// Has no credentials: all requests are anonymous.
    static CredentialSource anonymous() {
        return host -> Optional.empty();
    }

    /// These credentials for one host, and none for any other.
    static CredentialSource of(String host, Credentials credentials) {
        return asked -> asked.equals(host) ? Optional.of(credentials) : Optional.empty();
    }

    /// Queries this source, then `next`.
    default CredentialSource orElse(CredentialSource next) {
        return host -> find(host).or(() -> next.find(host));
    }
}
