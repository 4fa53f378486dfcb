package dev.dray.registry.rights;

import dev.dray.model.RepositoryName;
import dev.dray.registry.access.Access;
import dev.dray.registry.access.Action;
import dev.dray.registry.access.Caller;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Rights that tests grant and revoke, as `user action repository`. Thread safe.
final class Grants implements Access {
    private final Set<String> given = ConcurrentHashMap.newKeySet();

    void give(String... grants) {
        given.addAll(List.of(grants));
    }

    void take(String grant) {
        given.remove(grant);
    }

    @Override
    public boolean may(Caller caller, RepositoryName repository, Action action) {
        return given.contains(caller + " " + action.label() + " " + repository);
    }

    @Override
    public boolean admitsAnonymous() {
        return false;
    }
}
