package dev.dray.cli.command;

import dev.dray.client.RegistryClient;
import dev.dray.engine.adopt.search.BlobPrefixes;
import dev.dray.engine.adopt.search.Effort;
import dev.dray.engine.adopt.search.RegistryPrefixes;
import java.time.Duration;
import java.util.Set;
import picocli.CommandLine.Option;

/// Options of the search for compressors, and whether it may query the registry that a layer came from.
public final class SearchOptions {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Option(
            names = "--online",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "request the first 64 KiB of a layer, which identify the compressor, from its registry;"
                    + " default: yes, continuing without when it does not answer")
    private boolean online = true;

    @Option(
            names = "--fast",
            description = "do not try level 9 compressors without a hint: all others together take a"
                    + " quarter of the time")
    private boolean fast;

    public Effort effort() {
        return fast ? Effort.FAST : Effort.WHOLE;
    }

    /// The source of blob prefixes, and the client to close afterwards.
    public record Asked(BlobPrefixes beginnings, AutoCloseable client) implements AutoCloseable {
        @Override
        public void close() {
            try {
                client.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /// @param plainHttp hosts to reach without TLS; `*` is every one
    public Asked open(CommandContext context, Set<String> plainHttp) {
        if (!online) {
            return new Asked(BlobPrefixes.none(), () -> {});
        }
        RegistryClient client = RegistryClient.open(context.clientOptions()
                .plainHttp(plainHttp)
                .timeout(PATIENCE)
                .retries(0, Duration.ZERO)
                .build());
        return new Asked(new RegistryPrefixes(client), client);
    }
}
