package dev.dray.store.pack;

import dev.dray.layer.tar.TarReader;
import dev.dray.model.ByteSource;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.store.catalog.Catalog;
import dev.dray.store.catalog.LayerTable;
import dev.dray.store.catalog.PackTable.Extent;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Function;

/// The plain bytes of a layer, read from the packs. Thread safe; each stream is its reader's own.
///
/// Native code runs in reads: they belong on platform threads. Reading from an offset passes over what comes
/// before by the recipe alone. A stream that is read from the beginning compares the whole with the diffID at its
/// end. Reading fails with a [DrayException] of kind CORRUPT when a pack or the recipe is damaged, or a content is
/// missing; NOT_FOUND when the layer was collected.
public final class PackedLayer implements ByteSource {
    private static final int BUFFER = 64 << 10;

    private final Catalog catalog;
    private final PackFiles files;
    private final LayerTable.Row row;

    public PackedLayer(Catalog catalog, PackFiles files, LayerTable.Row row) {
        this.catalog = catalog;
        this.files = files;
        this.row = row;
    }

    @Override
    public long size() {
        return row.size();
    }

    /// Opens the tar recipe; the caller closes.
    public InputStream recipe() {
        return recipe(new FrameCache(files));
    }

    private InputStream recipe(FrameCache frames) {
        return new BufferedInputStream(new PackedStream(locate(LayerTable.Row::recipe), frames), BUFFER);
    }

    @Override
    public InputStream open(long offset) throws IOException {
        FrameCache frames = new FrameCache(files);
        PackedStream smalls = new PackedStream(locate(LayerTable.Row::smalls), frames);
        TarReader tar = new TarReader(recipe(frames), new PackedContents(catalog, frames, smalls, row), row.size());
        tar.skipNBytes(offset);
        return tar;
    }

    private PackedStream.Location locate(Function<LayerTable.Row, List<Extent>> part) {
        return () -> catalog.read(transaction -> transaction.layers().find(row.id()))
                .map(part)
                .orElseThrow(() -> new DrayException(Kind.NOT_FOUND, "layer %s was collected".formatted(row.diffId()))
                        .about(row.diffId()));
    }
}
