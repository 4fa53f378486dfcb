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

    /// Who may push may ask what is there: docker does after each upload.
    boolean mayAsk(Caller caller, RepositoryName repository) {
        return mayPull(caller, repository) || access.may(caller, repository, Action.PUSH);
    }

    /// What was found, when the caller may see it. The lookup comes first in both cases, so that both take
    /// as long.
    <T> T visible(boolean allowed, Caller caller, Optional<T> found, Supplier<RegistryException> absent) {
        if (!allowed && caller instanceof Caller.Anonymous) {
            throw unauthenticated();
        }
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

    static DrayException unauthenticated() {
        return new DrayException(DrayException.Kind.UNAUTHENTICATED, "authentication required");
    }
}
