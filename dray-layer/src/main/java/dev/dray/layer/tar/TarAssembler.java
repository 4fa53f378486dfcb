package dev.dray.layer.tar;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Optional;

/// Puts a layer together from its tar recipe and contents.
///
/// The whole is hashed on its way and compared with the diffID in the recipe at the end; until then the bytes that went
/// out are not proven. Works in bounded memory. Not thread safe; closes the contents that it opens, nothing else.
public final class TarAssembler {
    private static final int BUFFER = 256 << 10;

    private final ContentSource contents;
    private final OutputStream out;
    private final long limit;
    private final MessageDigest diffId = Digest.Algorithm.SHA256.hasher();
    private final byte[] buffer = new byte[BUFFER];
    private final byte[] zeros = new byte[BUFFER];
    private long written;

    private TarAssembler(ContentSource contents, OutputStream out, long limit) {
        this.contents = contents;
        this.out = out;
        this.limit = limit;
    }

    /// Writes the layer.
    ///
    /// @param recipe read to its end
    /// @param limit most bytes that are written, so that a hostile recipe cannot fill a disk with zeros
    /// @throws DrayException of kind CORRUPT when the recipe is damaged, a content has another length, or the
    ///     whole is not what was split; UNSUPPORTED for a recipe of a newer version; TOO_LARGE beyond the limit
    public static TarSummary assemble(InputStream recipe, ContentSource contents, OutputStream out, long limit)
            throws IOException {
        return new TarAssembler(contents, out, limit).assemble(new TarRecipeReader(recipe));
    }

    private TarSummary assemble(TarRecipeReader recipe) throws IOException {
        for (Optional<TarPiece> piece = recipe.next(); piece.isPresent(); piece = recipe.next()) {
            if (piece.get().size() > limit - written) {
                throw new DrayException(
                        DrayException.Kind.TOO_LARGE,
                        "tar recipe makes more than the %d bytes allowed".formatted(limit));
            }
            switch (piece.get()) {
                case TarPiece.Literal(byte[] bytes) -> write(bytes, bytes.length);
                case TarPiece.Zeros(long size) -> writeZeros(size);
                case TarPiece.Reference(Digest digest, long size) -> writeContent(digest, size);
            }
        }
        TarSummary summary = recipe.summary().orElseThrow();
        if (!summary.diffId().equals(Digest.of(Digest.Algorithm.SHA256, diffId.digest()))) {
            throw new DrayException(
                    DrayException.Kind.CORRUPT,
                    "the layer put together from its tar recipe does not hash to %s: a content is damaged"
                            .formatted(summary.diffId()));
        }
        return summary;
    }

    private void writeZeros(long size) throws IOException {
        for (long left = size; left > 0; left -= zeros.length) {
            write(zeros, (int) Math.min(left, zeros.length));
        }
    }

    private void writeContent(Digest digest, long size) throws IOException {
        try (InputStream content = contents.open(digest, size)) {
            long length = 0;
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                length += count;
                if (length > size) {
                    throw wrongLength(digest, "more than", size);
                }
                write(buffer, count);
            }
            if (length < size) {
                throw wrongLength(digest, "less than", size);
            }
        }
    }

    private static DrayException wrongLength(Digest digest, String how, long size) {
        return new DrayException(
                DrayException.Kind.CORRUPT, "content %s has %s its %d bytes".formatted(digest, how, size));
    }

    private void write(byte[] bytes, int length) throws IOException {
        diffId.update(bytes, 0, length);
        out.write(bytes, 0, length);
        written += length;
    }
}
