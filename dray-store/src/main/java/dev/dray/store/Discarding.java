package dev.dray.store;

import java.io.IOException;
import java.lang.System.Logger.Level;

/// Removes what nobody needs any more. That it fails is no failure of what the caller does: the next start of the
/// store removes what was left.
final class Discarding {
    private Discarding() {}

    static void quietly(StagedBytes bytes) {
        quietly("a staged file", bytes::discard);
    }

    static void quietly(String what, Deletion deletion) {
        try {
            deletion.run();
        } catch (IOException e) {
            System.getLogger(Discarding.class.getName()).log(Level.WARNING, "cannot remove " + what + ": " + e);
        }
    }

    @FunctionalInterface
    interface Deletion {
        void run() throws IOException;
    }
}
