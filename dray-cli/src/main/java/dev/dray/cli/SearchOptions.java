package dev.dray.cli;

import dev.dray.client.RegistryClient;
import dev.dray.engine.adopt.Beginnings;
import dev.dray.engine.adopt.Effort;
import dev.dray.engine.adopt.RegistryBeginnings;
import java.time.Duration;
import java.util.Set;
import picocli.CommandLine.Option;

/// How the compressors of layers are looked for, and whether the registry that a layer came from may be asked.
final class SearchOptions {
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

    Effort effort() {
        return fast ? Effort.FAST : Effort.WHOLE;
    }

    /// Who is asked, and what has to be closed afterwards.
    record Asked(Beginnings beginnings, AutoCloseable client) implements AutoCloseable {
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
    Asked open(Surroundings surroundings, Set<String> plainHttp) {
        if (!online) {
            return new Asked(Beginnings.none(), () -> {});
        }
        RegistryClient client = RegistryClient.open(surroundings
                .clientOptions()
                .plainHttp(plainHttp)
                .timeout(PATIENCE)
                .retries(0, Duration.ZERO)
                .build());
        return new Asked(new RegistryBeginnings(client), client);
    }
}
