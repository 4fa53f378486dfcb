package dev.dray.cli.command;

import dev.dray.client.RegistryClient;
import dev.dray.engine.adopt.search.BlobPrefixes;
import dev.dray.engine.adopt.search.Effort;
import dev.dray.engine.adopt.search.RegistryPrefixes;
import java.time.Duration;
import java.util.Set;
import picocli.CommandLine.Option;

/// How the compressors of layers are looked for, and whether the registry that a layer came from may be asked.
public final class SearchOptions {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Option(
            names = "--online",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "ask the registry that a layer came from for its first 64 KiB, which tell the compressor;"
                    + " default: yes, and go on without where it does not answer")
    private boolean online = true;

    @Option(
            names = "--fast",
            description = "do not try compressors of level 9 where nothing speaks for them: all others together take a"
                    + " quarter of the time")
    private boolean fast;

    public Effort effort() {
        return fast ? Effort.FAST : Effort.WHOLE;
    }

    /// Who is asked, and what has to be closed afterwards.
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

    /// @param plainHttp hosts to speak to without TLS; `*` is every one
    public Asked open(CommandContext surroundings, Set<String> plainHttp) {
        if (!online) {
            return new Asked(BlobPrefixes.none(), () -> {});
        }
        RegistryClient client = RegistryClient.open(surroundings
                .clientOptions()
                .plainHttp(plainHttp)
                .timeout(PATIENCE)
                .retries(0, Duration.ZERO)
                .build());
        return new Asked(new RegistryPrefixes(client), client);
    }
}
