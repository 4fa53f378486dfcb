package dev.dray.cli.output;

import dev.dray.client.transfer.BlobFate;
import dev.dray.engine.policy.LayerChange;
import dev.dray.model.image.Descriptor;

/// Progress as plain lines, one per completed blob. Thread safe.
public record ProgressLines(Terminal terminal, Activity activity) implements ProgressDisplay {
    @Override
    public void done(Descriptor blob, BlobFate fate) {
        terminal.say(activity.done(blob, fate));
    }

    @Override
    public void applied(LayerChange change) {
        StorageFormWords.progress(change).ifPresent(terminal::say);
    }
}
