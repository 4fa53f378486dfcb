package dev.dray.client.credentials;

import java.util.Map;

/// The logins of this user as docker and podman keep them: found for requests, written by login and logout.
///
/// Reads Docker's `config.json` (`DOCKER_CONFIG`, else `~/.docker`) with `credHelpers`, `credsStore` and `auths`, then
/// podman's `auth.json`. Writes Docker's, through the helper where one is set. Thread safe; files and helpers are
/// asked when a host needs them, and a helper's answer is kept as long as this object.
public final class LoginStore implements CredentialSource {
    private LoginStore() {}

    /// @param environment where `DOCKER_CONFIG`, `REGISTRY_AUTH_FILE`, `XDG_RUNTIME_DIR`, `HOME` and `PATH` are looked
    ///     up
    public static LoginStore of(Map<String, String> environment) {
        return pending();
    }

    @Override
    public java.util.Optional<Credentials> find(String host) {
        return pending();
    }

    /// Keeps `credentials` for `host` as `docker login` does. The file is replaced in one step, readable by its owner
    /// alone; members of it that are not known here stay.
    ///
    /// @return where they were put, for people: a file, or the name of a helper
    public String store(String host, Credentials credentials) {
        return pending();
    }

    /// Forgets the credentials of `host`.
    ///
    /// @return false when there were none
    public boolean erase(String host) {
        return pending();
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // gone when the bodies arrive
    private static <T> T pending() {
        throw new UnsupportedOperationException("not connected yet");
    }
}
