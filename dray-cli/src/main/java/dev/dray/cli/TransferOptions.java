package dev.dray.cli;

import dev.dray.engine.adopt.AdoptListener;
import dev.dray.model.Reference;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Options of commands that move blobs: how progress is shown, and how registries are reached.
final class TransferOptions {
    @Mixin
    private ProgressOptions progress = new ProgressOptions();

    @Option(names = "--plain-http", description = "speak to the registry without TLS (loopback needs no such wish)")
    private boolean plainHttp;

    ProgressDisplay display(Terminal terminal, Activity activity) {
        return progress.display(terminal, activity);
    }

    /// Shows the search for encoders of layers that another engine unpacked.
    AdoptListener adopting(Terminal terminal) {
        return progress.silent() ? AdoptListener.silent() : new AdoptProgress(terminal);
    }

    List<String> plainHttp(List<Reference> names) {
        return plainHttp ? names.stream().map(Reference::host).distinct().toList() : List.of();
    }
}
