package dev.dray.registry.access;

import dev.dray.http.ClientAddress;
import dev.dray.model.RepositoryName;
import java.nio.file.Path;
import java.util.Optional;

/// Identifies callers and holds the access rules in force.
///
/// | users | access | in force |
/// |---|---|---|
/// | no | no | everybody may do everything |
/// | yes | no | every user may do everything, nobody else anything |
/// | no | yes | the rules for `anyone` |
/// | yes | yes | the rules |
///
/// Thread safe.
public final class Admission {
    private final Optional<WatchedFile<PasswordFile>> users;
    private final Optional<WatchedFile<AccessRules>> rules;
    private final Optional<Authenticator> authenticator;
    private final Access access;

    private Admission(
            Optional<WatchedFile<PasswordFile>> users,
            Optional<WatchedFile<AccessRules>> rules,
            Optional<Authenticator> authenticator,
            Access access) {
        this.users = users;
        this.rules = rules;
        this.authenticator = authenticator;
        this.access = access;
    }

    /// Allows everything to everybody.
    public static Admission open() {
        return new Admission(Optional.empty(), Optional.empty(), Optional.empty(), Access.open());
    }

    /// Callers and rights from other sources than files.
    public static Admission of(Authenticator authenticator, Access access) {
        return new Admission(Optional.empty(), Optional.empty(), Optional.of(authenticator), access);
    }

    /// Callers and rights from files, which are reloaded when they change.
    ///
    /// @param users an htpasswd file
    /// @param access a file of rules
    /// @throws dev.dray.model.DrayException of kind INVALID when a file does not parse, NOT_FOUND when it is absent
    public static Admission ofFiles(Optional<Path> users, Optional<Path> access, AccessListener listener) {
        Optional<WatchedFile<PasswordFile>> passwords =
                users.map(path -> new WatchedFile<PasswordFile>(path, PasswordFile::parse, listener));
        Optional<WatchedFile<AccessRules>> rules =
                access.map(path -> new WatchedFile<AccessRules>(path, AccessRules::parse, listener));
        Access inForce = rules.<Access>map(CurrentRules::new)
                .orElseGet(() -> passwords.isPresent() ? Access.usersOnly() : Access.open());
        return new Admission(passwords, rules, passwords.map(Passwords::new), inForce);
    }

    /// The caller who sent this `Authorization` header, or none. Reloads changed files first.
    ///
    /// Without a users file everybody is anonymous, since no credentials can be verified.
    ///
    /// @param client where it comes from
    /// @throws dev.dray.model.DrayException of kind UNAUTHENTICATED when the header is malformed or the
    ///     password wrong, UNAVAILABLE when too many passwords are tried
    public Caller identify(Optional<String> authorization, ClientAddress client) {
        refresh();
        if (authenticator.isEmpty() || authorization.isEmpty()) {
            return Caller.ANONYMOUS;
        }
        Credentials credentials = Credentials.parse(authorization.get());
        return credentials.isNone() ? Caller.ANONYMOUS : authenticator.get().authenticate(credentials, client);
    }

    /// Reloads changed files; checks at most once a second.
    public void refresh() {
        users.ifPresent(WatchedFile::refresh);
        rules.ifPresent(WatchedFile::refresh);
    }

    /// The rights in force; the same object follows later changes of the rules.
    public Access access() {
        return access;
    }

    /// True when callers can authenticate.
    public boolean knowsUsers() {
        return authenticator.isPresent();
    }

    /// True when everybody may do everything without authenticating.
    public boolean isOpen() {
        return access.equals(Access.open());
    }

    /// Access by the rules that the file holds at the time of each call.
    private record CurrentRules(WatchedFile<AccessRules> file) implements Access {
        @Override
        public boolean may(Caller caller, RepositoryName repository, Action action) {
            return file.get().may(caller, repository, action);
        }

        @Override
        public boolean admitsAnonymous() {
            return file.get().admitsAnonymous();
        }
    }
}
