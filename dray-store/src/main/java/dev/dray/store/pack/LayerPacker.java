package dev.dray.store.pack;

import dev.dray.layer.tar.ContentSink;
import dev.dray.layer.tar.recipe.TarSummary;
import dev.dray.model.Digest;
import dev.dray.store.catalog.ContentTable;
import dev.dray.store.filesystem.FileOperations;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Packs the output of a splitter: contents of [ContentTable#SMALLEST] bytes and more that the
/// store does not have, and two bundles, one of the smaller contents and one of the tar recipe.
///
/// A pack ends when it is full and a content is at its end, so a content never spans packs. Memory: the frames of
/// one [PackWriter], and about 120 bytes for each content that is new. Not thread safe; the caller closes, which
/// removes all that was written and not given away by [#finish].
public final class LayerPacker implements ContentSink, AutoCloseable {
    private final FileOperations files;
    private final Supplier<Path> staging;
    private final KnownContents known;
    private final FrameCompressor compressor = new FrameCompressor();
    private final List<WrittenPack> packs = new ArrayList<>();
    private final Set<Digest> own = new HashSet<>();
    private final Bundle recipe = new Bundle();
    private final Bundle smalls = new Bundle();
    private final byte[] start = new byte[ContentTable.SMALLEST];
    private PackWriter writer;
    private int started;
    private boolean large;
    private boolean given;

    /// @param staging names files for packs, each once
    public LayerPacker(FileOperations files, Supplier<Path> staging, KnownContents known) {
        this.files = files;
        this.staging = staging;
        this.known = known;
        this.writer = new PackWriter(files, staging.get(), compressor);
    }

    /// Takes the tar recipe.
    public OutputStream recipe() {
        return recipe;
    }

    @Override
    public void begin() {
        started = 0;
        large = false;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (large) {
            writer.write(bytes, offset, length);
        } else if (started + length < ContentTable.SMALLEST) {
            System.arraycopy(bytes, offset, start, started, length);
            started += length;
        } else {
            large = true;
            writer.mark();
            writer.write(start, 0, started);
            writer.write(bytes, offset, length);
        }
    }

    @Override
    public void end(Digest digest, long size) throws IOException {
        if (!large) {
            smalls.write(start, 0, started);
        } else if (own.contains(digest) || known.has(digest, size)) {
            writer.cutBack();
        } else {
            own.add(digest);
            writer.commit(digest, size);
        }
        for (Bundle bundle : List.of(smalls, recipe)) {
            if (bundle.isFull()) {
                bundle.flush(writer, packs.size());
            }
        }
        if (writer.isFull()) {
            endPack();
            writer = new PackWriter(files, staging.get(), compressor);
        }
    }

    private void endPack() throws IOException {
        Optional<WrittenPack> pack = writer.finish();
        pack.ifPresent(packs::add);
    }

    /// Ends the layer. The packs' bytes are durable; they are the caller's now.
    public WrittenLayer finish(TarSummary summary) throws IOException {
        smalls.flush(writer, packs.size());
        recipe.flush(writer, packs.size());
        endPack();
        given = true;
        return new WrittenLayer(summary, packs, recipe.extents(), smalls.extents());
    }

    @Override
    public void close() throws IOException {
        try (compressor) {
            writer.close();
            if (!given) {
                for (WrittenPack pack : packs) {
                    files.delete(pack.file());
                }
            }
        }
    }
}
