package dev.dray.store.pack;

import java.io.IOException;

/// A pack that was there a moment ago is not: what was in it may lie elsewhere now.
final class PackGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    PackGoneException(long pack) {
        super("pack " + pack + " is gone");
    }
}
