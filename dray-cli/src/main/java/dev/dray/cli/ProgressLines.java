package dev.dray.cli;

import dev.dray.client.push.BlobFate;
import dev.dray.model.ByteSize;
import dev.dray.model.Descriptor;

/// Progress as plain lines, one for each blob when it is done. Thread safe.
final class ProgressLines implements ProgressDisplay {
    private final Terminal terminal;
    private final String verb;

    ProgressLines(Terminal terminal, String verb) {
        this.terminal = terminal;
        this.verb = verb;
    }

    @Override
    public void begin(Descriptor blob) {}

    @Override
    public void advance(Descriptor blob, long position) {}

    @Override
    public void done(Descriptor blob, BlobFate fate) {
        String what = verb.equals("verifying") ? "verified" : ProgressDisplay.words(fate);
        terminal.say("%s: %s (%s)".formatted(blob.digest().shortHex(), what, ByteSize.ofBytes(blob.size())));
    }
}
