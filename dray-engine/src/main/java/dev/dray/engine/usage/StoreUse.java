package dev.dray.engine.usage;

import dev.dray.model.Reference;
import dev.dray.store.collect.CollectReport;
import java.util.List;

/// The disk space of a store, by purpose.
///
/// @param images each image, whatever its names
/// @param repositories each repository
/// @param reclaimable what `dray prune` would free by now
public record StoreUse(
        List<ImageUse> images, List<RepositoryUse> repositories, Totals totals, CollectReport reclaimable) {
    public StoreUse {
        images = List.copyOf(images);
        repositories = List.copyOf(repositories);
    }

    /// @param size bytes of its compressed blobs, as a registry counts them
    /// @param own bytes on the disk that nothing else needs
    /// @param shared bytes on the disk that other images need too
    public record ImageUse(List<Reference> names, long size, long own, long shared) {
        public ImageUse {
            names = List.copyOf(names);
        }
    }

    /// As [ImageUse], of all images of a repository.
    ///
    /// @param name with its host
    public record RepositoryUse(String name, int images, long own, long shared) {}

    /// A sort of thing in the store.
    ///
    /// @param bytes on the disk
    /// @param unreferenced those of them that no manifest needs: `dray prune` frees what has been so for a while
    public record Sort(long count, long bytes, long unreferenced) {}

    /// The store by what is in it.
    ///
    /// @param files blobs with a file
    /// @param inline blobs in the database; their bytes are in its
    /// @param rebuilt blobs that are rebuilt from recipes; the bytes are those of the files that they do not have
    /// @param contents contents of layers, in packs; their number is that of the distinct ones
    /// @param recipes of blobs; in the database
    /// @param database the catalog's files
    public record Totals(
            Sort files, Sort inline, Sort rebuilt, Sort contents, Sort recipes, long packs, long database) {
        /// All of it.
        public long bytes() {
            return files.bytes() + contents.bytes() + database;
        }
    }
}
