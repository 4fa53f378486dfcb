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
            description = "the store of images; default: DRAY_STORE, otherwise ~/.local/share/dray/engine")
    private @Nullable Path store;

    public Path folder(CommandContext context) {
        return Optional.ofNullable(store)
                .or(() -> context.variable("DRAY_STORE").map(Path::of))
                .orElseGet(() -> context.dataFolder().resolve("engine"));
    }

    public Engine open(CommandContext context) {
        return open(context, Set.of());
    }

    /// @param plainHttp hosts to reach without TLS; `*` is every one
    public Engine open(CommandContext context, Set<String> plainHttp) {
        return open(context, context.clientOptions().plainHttp(plainHttp));
    }

    /// @param options for connections to registries
    public Engine open(CommandContext context, ClientOptions.Builder options) {
        return Engine.open(folder(context), options);
    }
}
