package dev.dray.registry.access;

import dev.dray.http.ClientAddress;
import dev.dray.model.DrayException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;

/// Verifies credentials.
///
/// Thread safe; may block.
@FunctionalInterface
public interface Authenticator {
    /// @param client where they come from
    /// @throws dev.dray.model.DrayException of kind UNAUTHENTICATED when he is not, UNAVAILABLE when it
    ///     cannot be said now
    Caller authenticate(Credentials credentials, ClientAddress client);

    /// Verifies against plain-text passwords in memory: for tests.
    static Authenticator ofPasswords(Map<String, String> passwords) {
        return (credentials, _) -> {
            byte[] expected = passwords.getOrDefault(credentials.user(), "").getBytes(StandardCharsets.UTF_8);
            byte[] given = credentials.password().getBytes(StandardCharsets.UTF_8);
            if (!passwords.containsKey(credentials.user()) || !MessageDigest.isEqual(expected, given)) {
                throw new DrayException(DrayException.Kind.UNAUTHENTICATED, "the user name or the password is wrong");
            }
            return Caller.user(credentials.user());
        };
    }
}
