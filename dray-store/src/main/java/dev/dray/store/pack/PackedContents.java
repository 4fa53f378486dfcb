package dev.dray.store.pack;

import dev.dray.layer.tar.ContentSource;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.model.io.BulkInputStream;
import dev.dray.store.catalog.Catalog;
import dev.dray.store.catalog.ContentTable;
import dev.dray.store.catalog.LayerTable;
import dev.dray.store.catalog.PackTable.Extent;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/// The contents of one layer, asked for in the order of its recipe. Not thread safe.
final class PackedContents implements ContentSource {
    private final Catalog catalog;
    private final FrameCache frames;
    private final PackedStream smalls;
    private final LayerTable.Row layer;

    /// @param smalls the small contents of the layer, from the first on
    PackedContents(Catalog catalog, FrameCache frames, PackedStream smalls, LayerTable.Row layer) {
        this.catalog = catalog;
        this.frames = frames;
        this.smalls = smalls;
        this.layer = layer;
    }

    @Override
    public InputStream open(Digest digest, long size) {
        return size < ContentTable.SMALLEST
                ? new Small(smalls, size)
                : new PackedStream(() -> locate(digest, size), frames);
    }

    @Override
    public void skip(Digest digest, long size) {
        if (size < ContentTable.SMALLEST && smalls.skip(size) != size) {
            throw missing(digest);
        }
    }

    private List<Extent> locate(Digest digest, long size) {
        ContentTable.Row content = catalog.read(
                        transaction -> transaction.contents().find(digest))
                .filter(found -> found.size() == size)
                .orElseThrow(() -> missing(digest));
        return List.of(new Extent(content.pack(), content.offset(), content.size()));
    }

    private DrayException missing(Digest digest) {
        return new DrayException(Kind.CORRUPT, "content %s of layer %s is missing".formatted(digest, layer.diffId()))
                .about(layer.diffId());
    }

    /// The next small content: a part of a stream that stays open.
    private static final class Small extends BulkInputStream {
        private final InputStream stream;
        private long left;

        Small(InputStream stream, long size) {
            this.stream = stream;
            this.left = size;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (left == 0) {
                return length == 0 ? 0 : -1;
            }
            int count = stream.read(target, offset, (int) Math.min(length, left));
            left -= Math.max(count, 0);
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = stream.skip(Math.min(count, left));
            left -= skipped;
            return skipped;
        }
    }
}
