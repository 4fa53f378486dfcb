package dev.dray.registry.access;

import dev.dray.http.ClientAddress;
import dev.dray.model.RepositoryName;
import java.nio.file.Path;
import java.util.Optional;

/// The door: who is calling, and what the rules let him do.
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

    /// Everybody may do everything.
    public static Admission open() {
        return new Admission(Optional.empty(), Optional.empty(), Optional.empty(), Access.open());
    }

    /// Callers and rights that are not kept in files.
    public static Admission of(Authenticator authenticator, Access access) {
        return new Admission(Optional.empty(), Optional.empty(), Optional.of(authenticator), access);
    }

    /// Callers and rights as files say, which are read again when they change.
    ///
    /// @param users an htpasswd file
    /// @param access a file of rules
    /// @throws dev.dray.model.DrayException of kind INVALID when a file does not parse, NOT_FOUND when it
    ///     is absent
    public static Admission ofFiles(Optional<Path> users, Optional<Path> access, AccessListener listener) {
        Optional<WatchedFile<PasswordFile>> passwords =
                users.map(path -> new WatchedFile<PasswordFile>(path, PasswordFile::parse, listener));
        Optional<WatchedFile<AccessRules>> rules =
                access.map(path -> new WatchedFile<AccessRules>(path, AccessRules::parse, listener));
        Access inForce = rules.<Access>map(CurrentRules::new)
                .orElseGet(() -> passwords.isPresent() ? Access.usersOnly() : Access.open());
        return new Admission(passwords, rules, passwords.map(Passwords::new), inForce);
    }

    /// Who sent this `Authorization` header, or none. Reads changed files again first.
    ///
    /// Where no users are known, nobody can prove anything, and everybody is anonymous.
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

    /// Reads files that have changed again; looks at most once a second.
    public void refresh() {
        users.ifPresent(WatchedFile::refresh);
        rules.ifPresent(WatchedFile::refresh);
    }

    /// The rights in force; the object stays the same while the rules change.
    public Access access() {
        return access;
    }

    /// True when somebody could prove who he is.
    public boolean knowsUsers() {
        return authenticator.isPresent();
    }

    /// True when nobody has to say who he is, and everybody may do everything.
    public boolean isOpen() {
        return access.equals(Access.open());
    }

    /// The rules as the file has them at each question.
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
