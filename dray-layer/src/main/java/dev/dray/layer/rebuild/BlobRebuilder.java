package dev.dray.layer.rebuild;

import dev.dray.layer.encoders.EncoderCatalog;
import dev.dray.layer.recipe.BlobRecipe;
import dev.dray.layer.recipe.GzipRecipe;
import dev.dray.layer.recipe.PlainRecipe;
import dev.dray.layer.recipe.Segment;
import dev.dray.model.ByteSource;
import dev.dray.model.DrayException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/// Rebuilds a blob from its recipe, of any kind, and its plain bytes.
///
/// Wrong bytes never leave: each segment is compared with its hash before it is written, and the last segment of a
/// whole blob waits for the digest. The plain bytes are opened once and read from front to back. Thread safe.
public final class BlobRebuilder {
    private static final int BUFFER = 256 << 10;

    private final GzipRebuilder gzip;

    /// @param workers how many threads encode at once, at least one
    public BlobRebuilder(EncoderCatalog catalog, int workers) {
        this.gzip = new GzipRebuilder(catalog, workers);
    }

    /// Bytes that all blobs that are rebuilt at once hold together, beside what each needs of its own.
    public static long memory(int workers) {
        return EncoderPool.memory(workers);
    }

    /// Writes the whole blob to `out`, which stays open.
    ///
    /// @throws DrayException of kind CORRUPT when the plain bytes do not give the blob, UNSUPPORTED when the
    ///     encoder is not known here
    public void rebuild(BlobRecipe recipe, ByteSource plain, OutputStream out) throws IOException {
        switch (recipe) {
            case GzipRecipe compressed -> gzip.rebuild(compressed, plain, out);
            case PlainRecipe uncompressed -> copy(uncompressed, plain, out);
        }
    }

    /// Writes the bytes `[offset, offset + length)` of the blob to `out`. Rebuilds from the nearest place before
    /// them where the encoder can resume.
    ///
    /// @throws DrayException as [#rebuild(BlobRecipe, ByteSource, OutputStream)]
    public void rebuild(BlobRecipe recipe, ByteSource plain, long offset, long length, OutputStream out)
            throws IOException {
        switch (recipe) {
            case GzipRecipe compressed -> gzip.rebuild(compressed, plain, offset, length, out);
            case PlainRecipe uncompressed -> copy(uncompressed, plain, offset, length, out);
        }
    }

    /// A blob without compression is its plain bytes: they are copied, each piece compared before it leaves.
    private static void copy(PlainRecipe recipe, ByteSource plain, OutputStream out) throws IOException {
        DigestGate gate = new DigestGate(recipe.digest(), recipe.size(), out);
        copy(recipe, recipe.segments(0, recipe.size()), plain, gate);
        gate.finish();
    }

    private static void copy(PlainRecipe recipe, ByteSource plain, long offset, long length, OutputStream out)
            throws IOException {
        RangeOutput.check(offset, length, recipe.size());
        List<Segment> needed = length == 0 ? List.of() : recipe.segments(offset, offset + length);
        if (!needed.isEmpty()) {
            long before = offset - needed.getFirst().offset();
            copy(recipe, needed, plain, new RangeOutput(before, length, out));
        }
    }

    private static void copy(PlainRecipe recipe, List<Segment> segments, ByteSource plain, OutputStream out)
            throws IOException {
        if (segments.isEmpty()) {
            return;
        }
        SegmentSink sink = new SegmentSink(segments, out);
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = plain.open(segments.getFirst().offset())) {
            while (!sink.full()) {
                int read = in.read(buffer);
                if (read < 0) {
                    throw damaged(recipe, sink.offset());
                }
                sink.write(buffer, 0, read);
            }
        } catch (MismatchException e) {
            throw damaged(recipe, e.offset());
        }
    }

    private static DrayException damaged(PlainRecipe recipe, long offset) {
        return new DrayException(
                        DrayException.Kind.CORRUPT,
                        "cannot rebuild the blob from byte %d on: its plain bytes or its recipe are damaged"
                                .formatted(offset))
                .about(recipe.digest());
    }
}
