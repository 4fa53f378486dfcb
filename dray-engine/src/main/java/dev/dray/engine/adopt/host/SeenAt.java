package dev.dray.engine.adopt.host;

import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import dev.dray.model.RepositoryName;
import java.util.Optional;

/// A repository of a registry in which an engine saw a blob.
public record SeenAt(String host, RepositoryName repository) {
    /// Reads a name as engines note it, empty when it is none.
    public static Optional<SeenAt> parse(String name) {
        try {
            Reference reference = Reference.parse(name);
            return Optional.of(new SeenAt(reference.host(), reference.repository()));
        } catch (DrayException none) {
            return Optional.empty();
        }
    }
}
