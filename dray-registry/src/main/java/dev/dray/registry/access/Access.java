package dev.dray.registry.access;

import dev.dray.model.RepositoryName;

/// Answers whether a caller may perform an action in a repository now.
///
/// Thread safe, fast and without I/O, because it is called inside the transaction that performs the action.
public interface Access {
    boolean may(Caller caller, RepositoryName repository, Action action);

    /// True when an anonymous caller may do anything at all, in any repository.
    ///
    /// If not, `GET /v2/` demands credentials, which is how clients learn to send them.
    boolean admitsAnonymous();

    /// Allows everything to everybody.
    static Access open() {
        return new Everything(true);
    }

    /// Allows everything to every user, and nothing to anonymous callers.
    static Access usersOnly() {
        return new Everything(false);
    }

    /// Allows everything, to everybody or to users only.
    record Everything(boolean admitsAnonymous) implements Access {
        @Override
        public boolean may(Caller caller, RepositoryName repository, Action action) {
            return admitsAnonymous || caller instanceof Caller.User;
        }
    }
}
