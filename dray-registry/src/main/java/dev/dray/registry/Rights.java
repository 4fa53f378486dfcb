package dev.dray.registry;

import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import dev.dray.registry.access.Access;
import dev.dray.registry.access.Action;
import dev.dray.registry.access.Caller;
import java.util.Optional;
import java.util.function.Supplier;

/// Decides how a missing right appears to the client.
///
/// An anonymous caller is asked for credentials, whatever the request. For an authenticated caller, unreadable content
/// is indistinguishable from absent content, and a write without the right is DENIED whether the target exists or not.
record Rights(Access access) {
    boolean mayPull(Caller caller, RepositoryName repository) {
        return access.may(caller, repository, Action.PULL);
    }

    /// True when the caller may see the content of the repository.
    ///
    /// @throws DrayException of kind UNAUTHENTICATED when an anonymous caller may not
    boolean maySee(Caller caller, RepositoryName repository, Purpose purpose) {
        boolean allowed = mayPull(caller, repository)
                || (purpose == Purpose.EXISTENCE && access.may(caller, repository, Action.PUSH));
        if (!allowed && caller instanceof Caller.Anonymous) {
            throw unauthenticated();
        }
        return allowed;
    }

    /// The result of a lookup, when the caller may see it, otherwise the failure `absent`. The lookup precedes the
    /// check, so that both outcomes take the same time.
    <T> T visible(
            Caller caller,
            RepositoryName repository,
            Purpose purpose,
            Optional<T> found,
            Supplier<RegistryException> absent) {
        boolean allowed = maySee(caller, repository, purpose);
        return found.filter(_ -> allowed).orElseThrow(absent);
    }

    /// The message deliberately differs from the code's standard text: Docker Engine 20.10 does not recognise a
    /// denial that has that text and no detail, and retries for 50 seconds.
    ///
    /// @throws DrayException of kind UNAUTHENTICATED or DENIED when the caller may not write
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
