package dev.dray.registry.access;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// An action of a caller in a repository.
public enum Action {
    /// Read manifests, tags and blobs.
    PULL,
    /// Upload, mount, and write manifests and tags. Implies HEAD requests.
    PUSH,
    /// Delete manifests, tags and links to blobs.
    DELETE;

    /// Its name in files and messages: `pull`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Action> named(String label) {
        return Arrays.stream(values())
                .filter(action -> action.label().equals(label))
                .findFirst();
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(Action::label).toList();
    }
}
