package dev.dray.store.catalog;

import dev.dray.model.DrayException;

/// The commit of a change failed, and the change may be found committed all the same: after a crash the database's log
/// may be whole. What was made for the change stays until the next start, which can tell.
public final class UnknownOutcomeException extends DrayException {
    private static final long serialVersionUID = 1;

    public UnknownOutcomeException(DrayException cause) {
        super(
                cause.kind(),
                cause.getMessage(),
                cause.subject().orElse(null),
                cause.advice().orElse(null),
                cause);
    }
}
