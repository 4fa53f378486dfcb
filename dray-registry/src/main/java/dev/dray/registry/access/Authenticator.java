package dev.dray.registry.access;

/// Tells whether somebody is who he says he is.
///
/// Thread safe; may block.
@FunctionalInterface
public interface Authenticator {
    /// @throws dev.dray.model.DrayException of kind UNAUTHENTICATED when he is not, UNAVAILABLE when it
    ///     cannot be said
    /// now
    Caller authenticate(Credentials credentials);
}
