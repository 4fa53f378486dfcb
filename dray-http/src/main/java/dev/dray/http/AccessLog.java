package dev.dray.http;

/// Is told of every exchange when it is over.
@FunctionalInterface
public interface AccessLog {

    /// Called once for each exchange, refused and broken ones included, by several threads at a time; must
    /// not block.
    void exchanged(Exchange exchange);

    /// Logs nothing.
    static AccessLog none() {
        return exchange -> {};
    }
}
