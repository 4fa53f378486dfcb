package dev.dray.client.credentials;

import java.util.Optional;

/// Finds the credentials for a host. Asked lazily, only for hosts that demand them.
///
/// Implementations are thread safe and may block (a helper program), but not for ever.
@FunctionalInterface
public interface CredentialSource {
    /// The credentials for `host`, when there are any.
    ///
    /// @param host as references write it: `docker.io`, `localhost:5000`
    /// @throws dev.dray.model.DrayException when a file or helper that should know fails
    Optional<Credentials> find(String host);

    /// Knows nobody: everything is asked for anonymously.
    static CredentialSource anonymous() {
        return host -> Optional.empty();
    }

    /// The same credentials for one host and none for any other.
    static CredentialSource of(String host, Credentials credentials) {
        return asked -> asked.equals(host) ? Optional.of(credentials) : Optional.empty();
    }

    /// Asks this source, then `next`.
    default CredentialSource orElse(CredentialSource next) {
        return host -> find(host).or(() -> next.find(host));
    }
}
