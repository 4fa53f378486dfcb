package dev.dray.cli.command;

import dev.dray.engine.transfer.PlatformChoice;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Selects an image of a multi-platform one.
public final class PlatformOptions {
    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH[/VARIANT]|all",
            description = "which image of a multi-platform one; all: every one, and the index; default: this host's")
    private @Nullable String platform;

    @Option(
            names = {"-a", "--all"},
            description = "the same as --platform all")
    private boolean all;

    public PlatformChoice choice() {
        if (all) {
            return new PlatformChoice.All();
        }
        return platform == null ? PlatformChoice.host() : PlatformChoice.parse(platform);
    }
}
