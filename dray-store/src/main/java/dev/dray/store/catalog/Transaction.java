package dev.dray.store.catalog;

import dev.dray.model.RepositoryName;
import java.util.List;
import java.util.Optional;

/// One consistent view of the catalog, and what may be changed in it.
///
/// Confined to the thread that runs the closure.
public interface Transaction extends LayerTables, Caretaking {
    /// What is in the repository called `name`; it need not exist, the first thing put there makes it.
    Repository repository(RepositoryName name);

    /// Names of repositories in ASCII order.
    ///
    /// @param last where the page before ended, exclusive
    /// @param limit length of the page
    List<RepositoryName> repositories(Optional<RepositoryName> last, int limit);

    BlobRows blobs();

    UploadRows uploads();

    Processes processes();

    Provenance provenance();

    Settings settings();

    /// One repository. Content is reached through it and by no other way: a digest grants nothing.
    interface Repository {
        RepositoryName name();

        /// True when something was ever put here.
        boolean exists();

        /// The names of the repositories that have this path behind a host, in ASCII order: of `team/app`,
        /// `docker.io/team/app` and `localhost:5000/team/app`.
        List<RepositoryName> behindHosts();

        Tags tags();

        Manifests manifests();

        /// The blobs that may be read here.
        Links links();

        RepositoryGarbage garbage();
    }
}
