package dev.dray.registry;

import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import dev.dray.registry.access.Access;
import dev.dray.registry.access.Action;
import dev.dray.registry.access.Caller;
import java.util.Optional;
import java.util.function.Supplier;

/// What a missing right looks like from outside.
///
/// Anonymous callers are asked to say who they are, whatever they wanted. A known caller is told that
/// what he may not read is not there, and that what he may not write is denied, whether it exists or
/// not.
record Rights(Access access) {
    boolean mayPull(Caller caller, RepositoryName repository) {
        return access.may(caller, repository, Action.PULL);
    }

    /// True when the caller may see what is there.
    ///
    /// @param asking true when it is only asked whether it is there, which a right to push allows too: docker asks
    ///     after each upload
    /// @throws DrayException of kind UNAUTHENTICATED when an anonymous caller may not
    boolean maySee(Caller caller, RepositoryName repository, boolean asking) {
        boolean allowed = mayPull(caller, repository) || (asking && access.may(caller, repository, Action.PUSH));
        if (!allowed && caller instanceof Caller.Anonymous) {
            throw unauthenticated();
        }
        return allowed;
    }

    /// What was found, when the caller may see it. The lookup comes first in both cases, so that both take
    /// as long.
    ///
    /// @param asking as for [#maySee]
    <T> T visible(
            Caller caller,
            RepositoryName repository,
            boolean asking,
            Optional<T> found,
            Supplier<RegistryException> absent) {
        boolean allowed = maySee(caller, repository, asking);
        return found.filter(_ -> allowed).orElseThrow(absent);
    }

    /// The message is not the code's standard text on purpose: Docker Engine 20.10 does not recognise a denial with
    /// that text and no detail, and tries again for 50 seconds.
    ///
    /// @throws DrayException of kind UNAUTHENTICATED or DENIED when the caller may not write so
    void require(Caller caller, RepositoryName repository, Action action) {
        if (access.may(caller, repository, action)) {
            return;
        }
        switch (caller) {
            case Caller.Anonymous _ -> throw unauthenticated();
            case Caller.User _ ->
                throw new DrayException(
                        DrayException.Kind.DENIED, "you may not %s in \"%s\"".formatted(action.label(), repository));
        }
    }

    private static DrayException unauthenticated() {
        return new DrayException(DrayException.Kind.UNAUTHENTICATED, "authentication required");
    }
}
