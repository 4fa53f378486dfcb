package dev.dray.registry.access;

import dev.dray.model.RepositoryName;

/// The one question of rights: may this caller do this in this repository, now?
///
/// Thread safe, quick and without I/O, because it is asked inside the transaction that does what it allows.
public interface Access {
    boolean may(Caller caller, RepositoryName repository, Action action);

    /// True when somebody who did not say who he is may do anything at all, anywhere.
    ///
    /// Where he may not, `GET /v2/` asks for credentials, which is how clients learn to send them.
    boolean admitsAnonymous();

    /// Everybody may do everything.
    static Access open() {
        return new Everything(true);
    }

    /// Every user may do everything, and nobody else anything.
    static Access usersOnly() {
        return new Everything(false);
    }

    /// All or nothing.
    record Everything(boolean admitsAnonymous) implements Access {
        @Override
        public boolean may(Caller caller, RepositoryName repository, Action action) {
            return admitsAnonymous || caller instanceof Caller.User;
        }
    }
}
