package dev.dray.client.memory;

import java.util.Optional;

/// How a host wants to be shown who asks, as its first 401 (or the lack of one) said.
public sealed interface Challenged {
    /// Nothing is demanded.
    record Open() implements Challenged {}

    /// Name and password with every request.
    record Basic() implements Challenged {}

    /// Tokens.
    ///
    /// @param realm the address of the token server, as the registry gave it
    record Bearer(String realm, Optional<String> service) implements Challenged {}
}
