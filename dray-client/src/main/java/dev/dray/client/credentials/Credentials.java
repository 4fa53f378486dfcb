package dev.dray.client.credentials;

/// Authenticates a user to one host. Its text form never shows the secret.
public sealed interface Credentials {

    /// A name and a password, or a token that the registry accepts as a password.
    record Password(String username, String password) implements Credentials {
        @Override
        public String toString() {
            return username + ":***";
        }
    }

    /// A refresh token, exchanged for access tokens (`identitytoken` in Docker's settings, user `<token>` of
    /// helpers).
    record IdentityToken(String token) implements Credentials {
        @Override
        public String toString() {
            return "identity token ***";
        }
    }
}
