package dev.dray.cli;

import dev.dray.client.ClientOptions;
import dev.dray.engine.Engine;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options of every command that works on the images of this host.
final class EngineOptions {
    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = "where images are kept; default: DRAY_STORE, else ~/.local/share/dray/engine")
    private @Nullable Path store;

    Path folder(Surroundings surroundings) {
        return Optional.ofNullable(store)
                .or(() -> surroundings.variable("DRAY_STORE").map(Path::of))
                .orElseGet(() -> surroundings.dataFolder().resolve("engine"));
    }

    Engine open(Surroundings surroundings) {
        return open(surroundings, Set.of());
    }

    /// @param plainHttp hosts to speak to without TLS; `*` is every one
    Engine open(Surroundings surroundings, Set<String> plainHttp) {
        return open(surroundings, surroundings.clientOptions().plainHttp(plainHttp));
    }

    /// @param options how registries are spoken to
    Engine open(Surroundings surroundings, ClientOptions.Builder options) {
        return Engine.open(folder(surroundings), options);
    }
}
