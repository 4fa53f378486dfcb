package dev.dray.engine.usage;

import dev.dray.engine.policy.LayerState;
import dev.dray.engine.policy.PackSizes;
import dev.dray.layer.tar.recipe.TarPiece;
import dev.dray.layer.tar.recipe.TarRecipeReader;
import dev.dray.model.Digest;
import dev.dray.store.Store;
import dev.dray.store.catalog.ContentTable;
import dev.dray.store.catalog.LayerTable;
import dev.dray.store.catalog.PackTable.Extent;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Counts what groups of blobs take of the disk: images, repositories, single layers.
///
/// Contents are compressed many at a time, so the share of one of them is estimated from its length and from what
/// compression does to all packs together: single figures are near, their sum is right. Not thread safe.
public final class DiskCount {
    private final Store store;
    private final DiskUse use = new DiskUse();
    private final double compression;

    public DiskCount(Store store) {
        this.store = store;
        PackSizes packs = PackSizes.of(store);
        this.compression = packs.raw() == 0 ? 1 : (double) packs.bytes() / packs.raw();
    }

    /// Counts a group.
    ///
    /// @return its number, from 0
    public int add(Collection<Digest> blobs) throws IOException {
        int group = use.next();
        for (Digest blob : blobs) {
            Optional<LayerState> state = store.catalog().read(transaction -> LayerState.read(transaction, blob));
            if (state.isPresent()) {
                add(state.get());
            }
        }
        return group;
    }

    private void add(LayerState state) throws IOException {
        if (state.recipe().isEmpty() || state.hasFile()) {
            use.add(state.blob(), DiskUse.Kind.FILE, state.size());
        }
        Optional<LayerTable.Row> layer =
                state.tar().flatMap(tar -> store.layers().find(tar.diffId()));
        if (state.recipe().isPresent() && layer.isPresent()) {
            use.add(
                    state.blob(),
                    DiskUse.Kind.RECIPE,
                    state.recipe().get().bytes().size());
            add(layer.get());
        }
    }

    private void add(LayerTable.Row layer) throws IOException {
        use.add(layer.diffId(), DiskUse.Kind.LAYER, compressed(length(layer.recipe()) + length(layer.smalls())));
        try (InputStream in = new BufferedInputStream(store.layers().recipe(layer))) {
            TarRecipeReader reader = new TarRecipeReader(in);
            for (Optional<TarPiece.Reference> next = reader.nextReference();
                    next.isPresent();
                    next = reader.nextReference()) {
                TarPiece.Reference content = next.get();
                if (content.size() >= ContentTable.SMALLEST) {
                    use.add(content.digest(), DiskUse.Kind.CONTENT, compressed(content.size()));
                }
            }
        }
    }

    private long compressed(long bytes) {
        return Math.round(bytes * compression);
    }

    private static long length(List<Extent> extents) {
        return extents.stream().mapToLong(Extent::length).sum();
    }

    /// Bytes of all that a group has.
    public long all(int group) {
        return use.all(group);
    }

    /// Bytes of what no group before it had: these add up.
    public long first(int group) {
        return use.first(group);
    }

    /// Bytes of what each group has for itself.
    public long[] own() {
        return use.own();
    }

    /// Bytes of the packs that are needed by what was counted.
    public long packed() {
        return use.of(DiskUse.Kind.CONTENT) + use.of(DiskUse.Kind.LAYER);
    }

    /// Bytes of the recipes of what was counted.
    public long recipes() {
        return use.of(DiskUse.Kind.RECIPE);
    }
}
