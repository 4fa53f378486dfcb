package dev.dray.store.filesystem;

import java.io.IOException;
import java.lang.System.Logger.Level;

/// Removes what nobody needs any more. That it fails is no failure of what the caller does: the next start of the
/// store removes what was left.
public final class QuietDelete {
    private QuietDelete() {}

    public static void quietly(String what, Deletion deletion) {
        try {
            deletion.run();
        } catch (IOException e) {
            System.getLogger(QuietDelete.class.getName()).log(Level.WARNING, "cannot remove " + what + ": " + e);
        }
    }

    @FunctionalInterface
    public interface Deletion {
        void run() throws IOException;
    }
}
