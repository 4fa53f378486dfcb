package dev.dray.layer.rebuild;

import dev.dray.layer.deflate.BlockEncoder;
import dev.dray.layer.deflate.Checkpoint;
import dev.dray.layer.deflate.DeflateEncoder;
import dev.dray.layer.deflate.ResumableEncoder;
import dev.dray.layer.encoders.EncoderCatalog;
import dev.dray.layer.encoders.Encoding;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.layer.recipe.MemberLayout;
import dev.dray.layer.recipe.RecipeMember;
import dev.dray.layer.recipe.Segment.Restart;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Encodes the bytes of a [SegmentRun], whatever lies in it: deflate data, trailers, headers, further members, trailing
/// bytes. Thread safe.
public final class SegmentEncoder {
    private static final int CHUNK = 64 << 10;
    private static final int LOOK_AHEAD = 4 << 10;

    private final EncoderCatalog catalog;
    private final MemberLayout layout;
    private final RawBytes trailing;

    public SegmentEncoder(EncoderCatalog catalog, MemberLayout layout, RawBytes trailing) {
        this.catalog = catalog;
        this.layout = layout;
        this.trailing = trailing;
    }

    /// The offset of the plain bytes that a restart needs, those of the encoder's dictionary included.
    public long plainStart(Restart restart) {
        return switch (restart) {
            case Restart.Continued() -> throw new IllegalArgumentException("no beginning");
            case Restart.Member(int index) -> layout.plainOffset(index);
            case Restart.Inside(int index, Checkpoint checkpoint) ->
                layout.plainOffset(index) + checkpoint.plainPosition() - known(index, checkpoint.plainPosition());
        };
    }

    /// The end of the plain bytes that the run before a restart needs, approximately: an encoder looks ahead.
    long plainEnd(Restart next) {
        return switch (next) {
            case Restart.Continued() -> throw new IllegalArgumentException("no beginning");
            case Restart.Member(int index) -> layout.plainOffset(index);
            case Restart.Inside(int index, Checkpoint checkpoint) ->
                Math.min(
                        layout.plainOffset(index) + checkpoint.plainPosition() + LOOK_AHEAD,
                        layout.plainOffset(index + 1));
        };
    }

    /// The end of all plain bytes.
    long plainEnd() {
        return layout.plainOffset(layout.count());
    }

    /// The length of the dictionary that the encoder needs at `position`.
    private int known(int member, long position) {
        EncoderId encoder = layout.member(member).encoderAt(position);
        int dictionary = switch (catalog.encoding(encoder)) {
            case Encoding.Streamed(var _) ->
                throw new DrayException(
                        DrayException.Kind.CORRUPT, "corrupt compression recipe: checkpoint of a stream without");
            case Encoding.Resumable(var _, var _, int size, var _) -> size;
            case Encoding.Blocked(var _, var _) -> encoder.parameters().dictionarySize();
        };
        return (int) Math.min(dictionary, position);
    }

    /// Encodes from a restart on, until the sink is full.
    ///
    /// @param in the plain bytes from [#plainStart] on; not closed; may be read beyond the end of the run
    /// @throws MismatchException when other bytes come out than the sink expects
    /// @throws DrayException of kind CORRUPT when the plain bytes end too early
    public void encode(Restart restart, InputStream in, SegmentSink sink) throws IOException {
        int member = switch (restart) {
            case Restart.Continued() -> throw new IllegalArgumentException("no beginning");
            case Restart.Member(int index) -> index;
            case Restart.Inside(int index, Checkpoint checkpoint) -> {
                inside(index, checkpoint, in, sink);
                if (!sink.full()) {
                    write(layout.member(index).trailer(), sink);
                }
                yield index + 1;
            }
        };
        for (; member < layout.count() && !sink.full(); member++) {
            write(layout.member(member).header(), sink);
            whole(member, in, sink);
            write(layout.member(member).trailer(), sink);
        }
        if (!sink.full()) {
            write(trailing, sink);
        }
        if (!sink.full()) {
            throw new MismatchException(sink.offset());
        }
    }

    private static void write(RawBytes bytes, SegmentSink sink) throws IOException {
        sink.write(bytes.toByteArray());
    }

    private void whole(int member, InputStream in, SegmentSink sink) throws IOException {
        RecipeMember recipe = layout.member(member);
        switch (catalog.encoding(recipe.encoderAt(0))) {
            case Encoding.Streamed(var opener) -> stream(recipe, opener, in, sink);
            case Encoding.Resumable(var opener, var _, var _, var _) -> stream(recipe, opener, in, sink);
            case Encoding.Blocked(var _, var _) -> blocks(recipe, 0, new byte[0], in, sink);
        }
    }

    private static void stream(RecipeMember recipe, Encoding.Opener opener, InputStream in, SegmentSink sink)
            throws IOException {
        try (DeflateEncoder encoder = opener.open(sink)) {
            feed(encoder, recipe.plainLength(), in, sink);
        }
    }

    private void inside(int member, Checkpoint checkpoint, InputStream in, SegmentSink sink) throws IOException {
        RecipeMember recipe = layout.member(member);
        long position = checkpoint.plainPosition();
        byte[] before = new byte[known(member, position)];
        read(in, before, 0, before.length);
        switch (catalog.encoding(recipe.encoderAt(position))) {
            case Encoding.Streamed(var _) -> throw new IllegalStateException("a stream has no checkpoints");
            case Encoding.Resumable(var _, var resumer, var _, var _) -> {
                try (ResumableEncoder encoder = resumer.resume(checkpoint, before, sink)) {
                    feed(encoder, recipe.plainLength() - position, in, sink);
                }
            }
            case Encoding.Blocked(var _, var _) -> blocks(recipe, position, before, in, sink);
        }
    }

    /// Encodes the rest of a member, or as much of it as fills the sink.
    private static void feed(DeflateEncoder encoder, long length, InputStream in, SegmentSink sink) throws IOException {
        long left = length;
        byte[] chunk = new byte[(int) Math.min(CHUNK, left)];
        while (left > 0 && !sink.full()) {
            int part = in.read(chunk, 0, (int) Math.min(chunk.length, left));
            if (part < 0) {
                throw tooShort();
            }
            encoder.write(chunk, 0, part);
            if (encoder instanceof ResumableEncoder resumable) {
                resumable.drain();
            }
            left -= part;
        }
        if (!sink.full()) {
            encoder.finish();
        }
    }

    /// Encodes blocks from the one that begins at `from`, each with the encoder that the recipe names for it.
    ///
    /// @param before the plain bytes before it that are known
    private void blocks(RecipeMember recipe, long from, byte[] before, InputStream in, SegmentSink sink)
            throws IOException {
        EncoderId current = recipe.encoderAt(from);
        Encoding.Blocked encoding = blocked(current);
        BlockEncoder encoder = encoding.opener().get();
        int size = encoder.blockSize();
        int dictionary = before.length;
        byte[] window = Arrays.copyOf(before, dictionary + (int) Math.min(size, recipe.plainLength() - from));
        long at = from;
        boolean last = false;
        while (!last && !sink.full()) {
            EncoderId wanted = recipe.encoderAt(at);
            if (!wanted.equals(current)) {
                current = wanted;
                encoding = blocked(wanted);
                encoder = encoding.opener().get();
            }
            long left = recipe.plainLength() - at;
            int part = (int) Math.min(size, left);
            last = encoding.emptyLast() ? part < size : part == left;
            if (window.length < dictionary + part) {
                window = Arrays.copyOf(window, dictionary + part);
            }
            read(in, window, dictionary, part);
            encoder.encode(window, 0, dictionary, dictionary + part, last, sink);
            int carried = Math.min(encoder.dictionarySize(), dictionary + part);
            System.arraycopy(window, dictionary + part - carried, window, 0, carried);
            dictionary = carried;
            at += part;
        }
    }

    private Encoding.Blocked blocked(EncoderId encoder) {
        if (catalog.encoding(encoder) instanceof Encoding.Blocked blocked) {
            return blocked;
        }
        throw new DrayException(
                DrayException.Kind.CORRUPT, "corrupt compression recipe: \"%s\" among blocks".formatted(encoder));
    }

    private static void read(InputStream in, byte[] target, int offset, int length) throws IOException {
        if (in.readNBytes(target, offset, length) < length) {
            throw tooShort();
        }
    }

    private static DrayException tooShort() {
        return new DrayException(DrayException.Kind.CORRUPT, "the plain bytes of the layer end too early");
    }
}
