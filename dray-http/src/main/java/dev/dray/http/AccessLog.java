package dev.dray.http;

/// Receives every completed exchange.
@FunctionalInterface
public interface AccessLog {

    /// Called once per exchange, including refused and broken ones, from several threads concurrently; must not
    /// block.
    void exchanged(Exchange exchange);

    /// Logs nothing.
    static AccessLog none() {
        return exchange -> {};
    }
}
