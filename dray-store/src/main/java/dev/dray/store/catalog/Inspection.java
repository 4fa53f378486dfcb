package dev.dray.store.catalog;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import java.util.List;

/// Whether the catalog agrees with itself, and who needs what. For checks.
public interface Inspection {
    /// What the database itself finds wrong with its pages and with rows that name others, in its own words; empty
    /// when all is well. Reads the whole database.
    List<String> damage();

    /// Manifests that name a blob.
    List<User> users(Digest blob, int limit);

    /// How many links name a blob or a repository that is not there.
    long linksToNothing();

    void removeLinksToNothing();

    record User(RepositoryName repository, Digest manifest) {}
}
