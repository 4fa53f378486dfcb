package dev.dray.store.pack;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.store.catalog.ContentTable;
import dev.dray.store.catalog.PackTable.Extent;
import dev.dray.store.filesystem.FileOperations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Copies parts of packs into a new pack. Works on platform threads. Not thread safe; the caller closes, which removes
/// what was not given away by [#finish].
public final class PackCopy implements AutoCloseable {
    private final byte[] slab = new byte[64 << 10];
    private final FrameCache frames;
    private final PackFiles packs;
    private final FrameCompressor compressor = new FrameCompressor();
    private final PackWriter writer;

    /// @param staged the file to create
    public PackCopy(FileOperations files, PackFiles packs, Path staged) {
        this.packs = packs;
        this.frames = new FrameCache(packs);
        this.writer = new PackWriter(files, staged, compressor);
    }

    /// Copies a content, and sees that it is what its digest says.
    ///
    /// @return its place in the new raw space
    /// @throws DrayException of kind CORRUPT when it is not; its pack is marked
    public long content(ContentTable.Row content) throws IOException {
        MessageDigest hasher = Digest.Algorithm.SHA256.hasher();
        writer.mark();
        long offset = writer.position();
        try (InputStream in = new DigestInputStream(
                open(new Extent(content.pack(), content.offset(), content.size()), frames), hasher)) {
            copy(in);
        }
        if (!Digest.of(Digest.Algorithm.SHA256, hasher.digest()).equals(content.digest())) {
            packs.markDamaged(content.pack());
            throw new DrayException(Kind.CORRUPT, "content %s is damaged in its pack".formatted(content.digest()));
        }
        writer.commit(content.digest(), content.size());
        return offset;
    }

    /// Copies a part of a stream that is no content, into frames of its own.
    ///
    /// @return its place in the new raw space
    public long extent(Extent extent) throws IOException {
        writer.seal();
        long offset = writer.position();
        try (InputStream in = open(extent, frames)) {
            copy(in);
        }
        writer.seal();
        return offset;
    }

    /// Reads all contents of a pack.
    ///
    /// @return those that are not what their digests say
    /// @throws DrayException of kind CORRUPT when a frame is damaged
    public static List<PackedObject> compare(PackFiles packs, long pack, PackFooter footer) throws IOException {
        FrameCache frames = new FrameCache(packs);
        List<PackedObject> wrong = new ArrayList<>();
        byte[] slab = new byte[64 << 10];
        for (PackedObject object : footer.objects()) {
            MessageDigest hasher = Digest.Algorithm.SHA256.hasher();
            Extent extent = new Extent(pack, object.offset(), object.size());
            try (InputStream in = open(extent, frames)) {
                for (int read = in.read(slab, 0, slab.length); read >= 0; read = in.read(slab, 0, slab.length)) {
                    hasher.update(slab, 0, read);
                }
            }
            if (!Digest.of(Digest.Algorithm.SHA256, hasher.digest()).equals(object.digest())) {
                wrong.add(object);
            }
        }
        return wrong;
    }

    private void copy(InputStream in) throws IOException {
        for (int read = in.read(slab, 0, slab.length); read >= 0; read = in.read(slab, 0, slab.length)) {
            writer.write(slab, 0, read);
        }
    }

    private static InputStream open(Extent extent, FrameCache frames) {
        return new PackedStream(() -> List.of(extent), frames);
    }

    /// Ends the pack. Its bytes are durable, its name is not; the file is the caller's now.
    public Optional<WrittenPack> finish() throws IOException {
        return writer.finish();
    }

    @Override
    public void close() throws IOException {
        try (compressor) {
            writer.close();
        }
    }
}
