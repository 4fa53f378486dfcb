package dev.dray.cli;

import dev.dray.client.RegistryClient;
import dev.dray.engine.adopt.Beginnings;
import dev.dray.engine.adopt.RegistryBeginnings;
import java.time.Duration;
import java.util.Set;
import picocli.CommandLine.Option;

/// Whether the registry that a layer came from may be asked who compressed it.
final class OnlineOption {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Option(
            names = "--online",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "ask the registry that a layer came from for its first 64 KiB, which tell the compressor;"
                    + " default: yes, and go on without where it does not answer")
    private boolean online = true;

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
