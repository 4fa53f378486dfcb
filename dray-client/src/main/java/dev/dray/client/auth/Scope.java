package dev.dray.client.auth;

import dev.dray.model.RepositoryName;
import java.util.Set;
import java.util.TreeSet;

/// What a token is to allow on one repository, as token servers are asked for it: `repository:team/app:pull,push`.
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
