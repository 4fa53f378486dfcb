package dev.dray.registry.access;

import dev.dray.model.DrayException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;

/// Verifies credentials.
///
/// Thread safe; may block.
@FunctionalInterface
public interface Authenticator {
    /// @throws dev.dray.model.DrayException of kind UNAUTHENTICATED when the credentials are wrong, UNAVAILABLE
    ///     when they cannot be verified now
    Caller authenticate(Credentials credentials);

    /// Verifies against plain-text passwords in memory: for tests.
    static Authenticator ofPasswords(Map<String, String> passwords) {
        return credentials -> {
            byte[] expected = passwords.getOrDefault(credentials.user(), "").getBytes(StandardCharsets.UTF_8);
            byte[] given = credentials.password().getBytes(StandardCharsets.UTF_8);
            if (!passwords.containsKey(credentials.user()) || !MessageDigest.isEqual(expected, given)) {
                throw new DrayException(DrayException.Kind.UNAUTHENTICATED, "the user name or the password is wrong");
            }
            return Caller.user(credentials.user());
        };
    }
}
