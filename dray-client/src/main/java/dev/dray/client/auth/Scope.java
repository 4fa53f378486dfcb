package dev.dray.client.auth;

import dev.dray.model.RepositoryName;
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

    /// True when this scope includes `other`.
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
