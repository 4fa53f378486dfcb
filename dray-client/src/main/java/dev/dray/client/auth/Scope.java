package dev.dray.client.auth;

import dev.dray.model.RepositoryName;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The permissions on one repository in a token request: `repository:team/app:pull,push`.
public record Scope(RepositoryName repository, Set<String> actions) implements Comparable<Scope> {
    public Scope {
        actions = Set.copyOf(actions);
    }

    public static Scope pull(RepositoryName repository) {
        return new Scope(repository, Set.of("pull"));
    }

    public static Scope push(RepositoryName repository) {
        return new Scope(repository, Set.of("pull", "push"));
    }

    public static Scope delete(RepositoryName repository) {
        return new Scope(repository, Set.of("delete", "pull"));
    }

    /// What [#toString] made; empty when it is something else.
    static Optional<Scope> parse(String text) {
        int end = text.lastIndexOf(':');
        String prefix = "repository:";
        if (!text.startsWith(prefix) || end < prefix.length()) {
            return Optional.empty();
        }
        String name = text.substring(prefix.length(), end);
        return RepositoryName.isValid(name)
                ? Optional.of(new Scope(
                        RepositoryName.parse(name),
                        Set.of(text.substring(end + 1).split(",", -1))))
                : Optional.empty();
    }

    /// True when this allows all that `other` asks for.
    boolean covers(Scope other) {
        return repository.equals(other.repository) && actions.containsAll(other.actions);
    }

    @Override
    public int compareTo(Scope other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return "repository:" + repository + ":" + String.join(",", new TreeSet<>(actions));
    }
}
