package dev.dray.cli.command;

import dev.dray.model.Reference;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/// Whether to reach registries without TLS. Only commands that may contact a registry have it.
public final class PlainHttpOption {
    private static final String EVERY_HOST = "*";

    @Option(names = "--plain-http", description = "connect to registries without TLS (not needed for loopback)")
    private boolean plainHttp;

    /// The hosts of those names; none when TLS is required.
    public Set<String> hosts(List<Reference> names) {
        return plainHttp ? names.stream().map(Reference::host).collect(Collectors.toUnmodifiableSet()) : Set.of();
    }

    /// Every host; none when TLS is required.
    public Set<String> hosts() {
        return plainHttp ? Set.of(EVERY_HOST) : Set.of();
    }
}
