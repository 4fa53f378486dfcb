package dev.dray.cli;

import dev.dray.client.push.BlobFate;
import dev.dray.engine.keep.KeptLayer;
import dev.dray.model.Descriptor;

/// Progress as plain lines, one for each blob when it is done. Thread safe.
record ProgressLines(Terminal terminal, Activity activity) implements ProgressDisplay {
    @Override
    public void done(Descriptor blob, BlobFate fate) {
        terminal.say(activity.done(blob, fate));
    }

    @Override
    public void kept(KeptLayer layer) {
        KeepWords.progress(layer).ifPresent(terminal::say);
    }
}
