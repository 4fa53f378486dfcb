package dev.dray.registry.access;

import java.util.Set;

/// Who asks.
public sealed interface Caller {
    /// Someone who did not say who he is.
    Caller ANONYMOUS = new Anonymous();

    /// Someone who did not say who he is.
    record Anonymous() implements Caller {
        @Override
        public String toString() {
            return "anonymous";
        }
    }

    /// Someone who proved who he is.
    ///
    /// @param groups those that came with the proof; the rules may know more
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
