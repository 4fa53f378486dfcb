package dev.dray.store.catalog;

import dev.dray.model.RepositoryName;
import java.util.List;
import java.util.Optional;

/// One consistent view of the catalog, and what may be changed in it: an accessor for each table.
///
/// Confined to the thread that runs the closure.
public interface Transaction {
    /// What is in the repository called `name`; it need not exist, the first thing put there makes it.
    Repository repository(RepositoryName name);

    /// Names of repositories in ASCII order.
    ///
    /// @param last where the page before ended, exclusive
    /// @param limit length of the page
    List<RepositoryName> repositories(Optional<RepositoryName> last, int limit);

    BlobTable blobs();

    UploadTable uploads();

    Processes processes();

    Provenance provenance();

    Settings settings();

    PackTable packs();

    ContentTable contents();

    LayerTable layers();

    RecipeTable recipes();

    Policies policies();

    Inspection inspection();

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

        /// True when there is nothing here, and no upload to it is under way.
        boolean isEmpty();

        /// Removes the repository, which is empty.
        void remove();
    }
}
