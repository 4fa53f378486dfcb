package dev.dray.store;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// What a store is for. Written at its making and never changed.
public enum StoreKind {
    /// Images on this host: repositories are named with their host, `docker.io/library/ubuntu`.
    ENGINE("engine", Duration.ofHours(1)),
    /// What a registry serves: repositories are paths, `team-a/app`.
    REGISTRY("registry", Duration.ofHours(24));

    private final String label;
    private final Duration grace;

    StoreKind(String label, Duration grace) {
        this.label = label;
        this.grace = grace;
    }

    /// The name that people see.
    public String label() {
        return label;
    }

    /// How long a blob lies without a reference before it is collected, unless somebody wishes otherwise. Clients
    /// of a registry may take their time between a blob and its manifest; an engine has leases.
    public Duration grace() {
        return grace;
    }

    static Optional<StoreKind> parse(String label) {
        return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
    }
}
