package dev.dray.layer.prove;

import dev.dray.layer.deflate.BlockEncoder;
import dev.dray.layer.deflate.Checkpoint;
import dev.dray.layer.deflate.DeflateEncoder;
import dev.dray.layer.deflate.ResumableEncoder;
import dev.dray.layer.encoders.EncoderCatalog;
import dev.dray.layer.encoders.Encoding;
import dev.dray.layer.rebuild.MismatchException;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.layer.recipe.EncoderRun;
import dev.dray.layer.recipe.GzipRecipe;
import dev.dray.layer.recipe.RecipeMember;
import dev.dray.layer.recipe.Segment.Restart;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/// Tries one encoder on a blob that is known by its digest alone, from its plain bytes.
///
/// The plain bytes are written into it; the encoded bytes are hashed and dropped. [#finish] returns the recipe when the
/// whole blob, trailer included, has the digest: so a recipe from here is proven. The blob is
/// one gzip member with nothing behind it. Needs one to four MiB, for blocks of more than 1 MiB three times as much as
/// a block. Not thread safe; the caller closes.
public final class GzipAttempt implements Closeable {
    private static final int STEP = 64 << 10;
    private static final long SEGMENT = 1L << 20;

    private final EncoderId encoder;
    private final long plainSize;
    private final CRC32 crc = new CRC32();
    private final AttemptSink sink;
    private final Way way;
    private long taken;
    private boolean over;

    /// @param encoder one of `catalog`
    /// @param headers that the blob may begin with; they cost one hash each, not one encoding each
    /// @param plainSize how many plain bytes will come
    public GzipAttempt(
            EncoderCatalog catalog, EncoderId encoder, List<RawBytes> headers, long plainSize, GzipTarget target)
            throws IOException {
        this.encoder = encoder;
        this.plainSize = plainSize;
        Encoding encoding = catalog.encoding(encoder);
        long longest = encoding instanceof Encoding.Streamed ? SEGMENT : 2 * SEGMENT;
        this.sink = new AttemptSink(target, headers, longest);
        this.way = switch (encoding) {
            case Encoding.Streamed(var opener) -> new Stream(opener.open(sink));
            case Encoding.Resumable resumable -> resuming(resumable);
            case Encoding.Blocked(var opener, boolean emptyLast) -> new Blocks(opener.get(), emptyLast);
        };
    }

    private Way resuming(Encoding.Resumable encoding) {
        return encoding.opener().open(sink) instanceof ResumableEncoder resumable
                ? new Resuming(resumable, encoding.margin())
                : new Stream(encoding.opener().open(sink));
    }

    public EncoderId encoder() {
        return encoder;
    }

    /// Encodes more plain bytes.
    ///
    /// @return false when it is certain that this is not the encoder, or not with these headers; more is not taken
    public boolean write(byte[] plain, int offset, int length) throws IOException {
        if (over) {
            return false;
        }
        taken += length;
        if (taken > plainSize) {
            throw new DrayException(
                    DrayException.Kind.CORRUPT,
                    "there are more than the %d plain bytes announced".formatted(plainSize));
        }
        crc.update(plain, offset, length);
        try {
            way.write(plain, offset, length);
        } catch (MismatchException other) {
            over = true;
        }
        return !over;
    }

    /// Ends the blob.
    ///
    /// @return its recipe, or empty when the digest is another
    public Optional<GzipRecipe> finish() throws IOException {
        if (over || taken != plainSize) {
            return Optional.empty();
        }
        over = true;
        try {
            way.finish();
            RawBytes trailer = RawBytes.copyOf(ByteBuffer.allocate(2 * Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt((int) crc.getValue())
                    .putInt((int) plainSize)
                    .array());
            long deflated = sink.deflated();
            AttemptSink.Match match = sink.finish(trailer);
            return Optional.of(recipe(match, deflated, trailer));
        } catch (MismatchException other) {
            return Optional.empty();
        }
    }

    private GzipRecipe recipe(AttemptSink.Match match, long deflated, RawBytes trailer) {
        RecipeMember member =
                new RecipeMember(match.header(), deflated, plainSize, trailer, List.of(new EncoderRun(0, encoder)));
        return new GzipRecipe(
                match.digest(),
                member.length(),
                plainSize,
                List.of(member),
                RawBytes.copyOf(new byte[0]),
                match.segments());
    }

    @Override
    public void close() {
        over = true;
        way.close();
    }

    private void cut(Checkpoint checkpoint) {
        sink.cut(new Restart.Inside(0, checkpoint));
    }

    /// Feeds an encoder of one kind, and cuts segments meanwhile.
    private interface Way extends Closeable {
        void write(byte[] plain, int offset, int length) throws IOException;

        void finish() throws IOException;

        @Override
        default void close() {}
    }

    private record Stream(DeflateEncoder encoder) implements Way {
        @Override
        public void write(byte[] plain, int offset, int length) throws IOException {
            encoder.write(plain, offset, length);
        }

        @Override
        public void finish() throws IOException {
            encoder.finish();
        }

        @Override
        public void close() {
            encoder.close();
        }
    }

    /// Cuts where a block has just ended and enough plain bytes follow.
    private final class Resuming implements Way {
        private final ResumableEncoder encoder;
        private final int margin;

        Resuming(ResumableEncoder encoder, int margin) {
            this.encoder = encoder;
            this.margin = margin;
        }

        @Override
        public void write(byte[] plain, int offset, int length) throws IOException {
            int end = offset + length;
            for (int at = offset; at < end; at += STEP) {
                encoder.write(plain, at, Math.min(STEP, end - at));
                encoder.drain();
                if (sink.wantsCut()) {
                    Checkpoint checkpoint = encoder.checkpoint();
                    if (plainSize - checkpoint.plainPosition() >= margin) {
                        cut(checkpoint);
                    }
                }
            }
        }

        @Override
        public void finish() throws IOException {
            encoder.finish();
        }

        @Override
        public void close() {
            encoder.close();
        }
    }

    /// Gathers plain bytes into blocks, each behind its dictionary, and cuts between blocks.
    private final class Blocks implements Way {
        private final BlockEncoder encoder;
        private final boolean emptyLast;
        private byte[] window;
        private int start;
        private int end;
        private long encoded;

        Blocks(BlockEncoder encoder, boolean emptyLast) {
            this.encoder = encoder;
            this.emptyLast = emptyLast;
            long room = Math.min((long) encoder.dictionarySize() + encoder.blockSize(), plainSize);
            this.window = new byte[Math.toIntExact(room)];
        }

        @Override
        public void write(byte[] plain, int offset, int length) throws IOException {
            int at = offset;
            int left = length;
            while (left > 0) {
                if (end - start == encoder.blockSize()) {
                    encode(false);
                }
                int part = Math.min(left, start + encoder.blockSize() - end);
                if (window.length < end + part) {
                    window = Arrays.copyOf(window, encoder.dictionarySize() + encoder.blockSize());
                }
                System.arraycopy(plain, at, window, end, part);
                end += part;
                at += part;
                left -= part;
            }
        }

        private void encode(boolean last) throws IOException {
            if (encoded > 0 && start < end && sink.wantsCut()) {
                cut(new Checkpoint(encoded, sink.deflated() * Byte.SIZE, 0, 0));
            }
            encoder.encode(window, 0, start, end, last, sink);
            encoded += end - start;
            int carried = Math.min(encoder.dictionarySize(), end);
            System.arraycopy(window, end - carried, window, 0, carried);
            start = carried;
            end = carried;
        }

        @Override
        public void finish() throws IOException {
            if (emptyLast && end - start == encoder.blockSize()) {
                encode(false);
            }
            encode(true);
        }
    }
}
