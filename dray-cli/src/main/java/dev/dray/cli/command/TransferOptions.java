package dev.dray.cli.command;

import dev.dray.cli.output.Activity;
import dev.dray.cli.output.AdoptProgress;
import dev.dray.cli.output.ProgressDisplay;
import dev.dray.cli.output.Terminal;
import dev.dray.engine.adopt.search.AdoptListener;
import dev.dray.model.Reference;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;

/// Options of commands that transfer blobs and may contact registries: progress, and plain HTTP.
public final class TransferOptions {
    @Mixin
    private ProgressOptions progress = new ProgressOptions();

    @Mixin
    private PlainHttpOption plainHttp = new PlainHttpOption();

    public ProgressDisplay display(Terminal terminal, Activity activity) {
        return progress.display(terminal, activity);
    }

    /// Shows the search for the encoders of layers that another engine unpacked.
    public AdoptListener adopting(Terminal terminal) {
        return progress.silent() ? AdoptListener.silent() : new AdoptProgress(terminal);
    }

    /// The hosts of those names, when --plain-http is given.
    public Set<String> plainHttp(List<Reference> names) {
        return plainHttp.hosts(names);
    }

    /// Every host, when --plain-http is given: for commands that contact whichever registry had a blob.
    public Set<String> plainHttp() {
        return plainHttp.hosts();
    }
}
