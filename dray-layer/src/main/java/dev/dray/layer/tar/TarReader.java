package dev.dray.layer.tar;

import dev.dray.layer.tar.recipe.TarPiece;
import dev.dray.layer.tar.recipe.TarRecipeReader;
import dev.dray.layer.tar.recipe.TarSummary;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.io.BulkInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/// The bytes of a layer, put together from its tar recipe and contents as they are read.
///
/// [#skip] passes over what the recipe says without opening a content, but the one that it ends in. A layer of which
/// nothing was skipped is hashed on its way and compared with the diffID in the recipe before the end is reported:
/// until then the bytes that went out are not proven. Works in bounded memory. Not thread safe. Closing closes the
/// recipe and the content that is open.
///
/// All reading throws a [DrayException] of kind CORRUPT when the recipe is damaged, a content has another length, or
/// the whole is not what was split; TOO_LARGE beyond the limit.
public final class TarReader extends BulkInputStream {
    private static final TarPiece NOTHING = new TarPiece.Zeros(0);

    private final InputStream recipe;
    private final TarRecipeReader pieces;
    private final ContentSource contents;
    private final long limit;
    private final MessageDigest diffId = Digest.Algorithm.SHA256.hasher();
    private TarPiece piece = NOTHING;
    /// Bytes of the piece that are still to be given.
    private long left;
    /// Of the piece, when it is a reference that was begun.
    private InputStream content = nullInputStream();

    private boolean opened;

    private long position;
    private boolean skipped;
    private boolean ended;

    /// @param recipe read to its end; should be buffered
    /// @param limit most bytes that are given, so that a hostile recipe cannot fill a disk with zeros
    /// @throws DrayException of kind CORRUPT when it is no recipe, UNSUPPORTED when its version is not known
    public TarReader(InputStream recipe, ContentSource contents, long limit) throws IOException {
        this.recipe = recipe;
        this.pieces = new TarRecipeReader(recipe);
        this.contents = contents;
        this.limit = limit;
    }

    /// The summary at the end of the recipe; empty until the end was reached.
    public Optional<TarSummary> summary() {
        return ended ? pieces.summary() : Optional.empty();
    }

    /// Fills the buffer, except at the end.
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        int done = 0;
        while (done < length && advance()) {
            done += take(target, offset + done, length - done);
        }
        return done == 0 && length > 0 ? -1 : done;
    }

    /// Passes over as many bytes, and fewer only at the end.
    @Override
    public long skip(long count) throws IOException {
        long done = 0;
        while (done < count && advance()) {
            done += pass(count - done);
        }
        return done;
    }

    /// Goes on to the next piece where there is nothing left of this one.
    ///
    /// @return false at the end
    private boolean advance() throws IOException {
        while (left == 0 && !ended) {
            Optional<TarPiece> next = pieces.next();
            if (next.isEmpty()) {
                verify();
                ended = true;
            } else {
                begin(next.get());
            }
        }
        return left > 0;
    }

    private void begin(TarPiece next) {
        if (next.size() > limit - position) {
            throw new DrayException(
                    DrayException.Kind.TOO_LARGE, "tar recipe gives more than the %d bytes allowed".formatted(limit));
        }
        piece = next;
        left = next.size();
    }

    private void verify() {
        Digest expected = pieces.summary().orElseThrow().diffId();
        if (!skipped && !expected.equals(Digest.of(Digest.Algorithm.SHA256, diffId.digest()))) {
            throw new DrayException(
                    DrayException.Kind.CORRUPT,
                    "the layer put together from its tar recipe does not hash to %s: a content is damaged"
                            .formatted(expected));
        }
    }

    private int take(byte[] target, int offset, int length) throws IOException {
        int wanted = (int) Math.min(length, left);
        int count = switch (piece) {
            case TarPiece.Literal(byte[] bytes) -> {
                System.arraycopy(bytes, bytes.length - (int) left, target, offset, wanted);
                yield wanted;
            }
            case TarPiece.Zeros _ -> {
                Arrays.fill(target, offset, offset + wanted, (byte) 0);
                yield wanted;
            }
            case TarPiece.Reference reference -> read(reference, target, offset, wanted);
        };
        if (!skipped) {
            diffId.update(target, offset, count);
        }
        passed(count);
        return count;
    }

    private int read(TarPiece.Reference reference, byte[] target, int offset, int length) throws IOException {
        open(reference);
        int count = content.read(target, offset, length);
        if (count < 0) {
            throw wrongLength(reference, "less than");
        }
        if (count == left) {
            if (content.read() >= 0) {
                throw wrongLength(reference, "more than");
            }
            closeContent();
        }
        return count;
    }

    private void open(TarPiece.Reference reference) throws IOException {
        if (!opened) {
            content = contents.open(reference.digest(), reference.size());
            opened = true;
        }
    }

    private long pass(long most) throws IOException {
        long count = Math.min(most, left);
        skipped = true;
        if (piece instanceof TarPiece.Reference reference) {
            skip(reference, count);
        }
        passed(count);
        return count;
    }

    private void skip(TarPiece.Reference reference, long count) throws IOException {
        if (count == reference.size()) {
            contents.skip(reference.digest(), reference.size());
            return;
        }
        open(reference);
        try {
            content.skipNBytes(count);
        } catch (EOFException e) {
            throw wrongLength(reference, "less than");
        }
        if (count == left) {
            closeContent();
        }
    }

    private void passed(long count) {
        left -= count;
        position += count;
    }

    private static DrayException wrongLength(TarPiece.Reference reference, String how) {
        return new DrayException(
                DrayException.Kind.CORRUPT,
                "content %s has %s its %d bytes".formatted(reference.digest(), how, reference.size()));
    }

    /// Closes the content that is open, if one is.
    void closeContent() throws IOException {
        InputStream begun = content;
        content = nullInputStream();
        opened = false;
        begun.close();
    }

    @Override
    public void close() throws IOException {
        try (recipe) {
            closeContent();
        }
    }
}
