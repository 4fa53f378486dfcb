package dev.dray.store;

import java.util.Arrays;
import java.util.Optional;

/// What a store is for. Written at its making and never changed.
public enum StoreKind {
    /// Images on this host: repositories are named with their host, `docker.io/library/ubuntu`.
    ENGINE("engine"),
    /// What a registry serves: repositories are paths, `team-a/app`.
    REGISTRY("registry");

    private final String label;

    StoreKind(String label) {
        this.label = label;
    }

    /// The name that people see.
    public String label() {
        return label;
    }

    static Optional<StoreKind> parse(String label) {
        return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
    }
}
