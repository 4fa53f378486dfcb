package dev.dray.cli.command;

import dev.dray.client.ClientOptions;
import dev.dray.engine.Engine;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options of every command that works on the images of this host.
public final class EngineOptions {
    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = "where images are kept; default: DRAY_STORE, else ~/.local/share/dray/engine")
    private @Nullable Path store;

    public Path folder(CommandContext surroundings) {
        return Optional.ofNullable(store)
                .or(() -> surroundings.variable("DRAY_STORE").map(Path::of))
                .orElseGet(() -> surroundings.dataFolder().resolve("engine"));
    }

    public Engine open(CommandContext surroundings) {
        return open(surroundings, Set.of());
    }

    /// @param plainHttp hosts to speak to without TLS; `*` is every one
    public Engine open(CommandContext surroundings, Set<String> plainHttp) {
        return open(surroundings, surroundings.clientOptions().plainHttp(plainHttp));
    }

    /// @param options how registries are spoken to
    public Engine open(CommandContext surroundings, ClientOptions.Builder options) {
        return Engine.open(folder(surroundings), options);
    }
}
