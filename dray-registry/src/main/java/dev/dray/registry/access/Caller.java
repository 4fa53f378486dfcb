package dev.dray.registry.access;

import java.util.Set;

/// The sender of a request.
public sealed interface Caller {
    /// The anonymous caller.
    Caller ANONYMOUS = new Anonymous();

    /// A caller who sent no credentials.
    record Anonymous() implements Caller {
        @Override
        public String toString() {
            return "anonymous";
        }
    }

    /// An authenticated caller.
    ///
    /// @param groups those that came with the credentials; the rules may know more
    record User(String name, Set<String> groups) implements Caller {
        public User {
            groups = Set.copyOf(groups);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Caller user(String name) {
        return new User(name, Set.of());
    }
}
