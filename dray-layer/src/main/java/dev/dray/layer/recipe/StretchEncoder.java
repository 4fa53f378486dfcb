package dev.dray.layer.recipe;

import dev.dray.layer.deflate.BlockEncoder;
import dev.dray.layer.deflate.Checkpoint;
import dev.dray.layer.deflate.DeflateEncoder;
import dev.dray.layer.deflate.ResumableEncoder;
import dev.dray.layer.recipe.Segment.Restart;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Makes stretches of a blob: from a segment that can be begun to where the next such one is, whatever lies
/// between: deflate data, trailers, headers, further members, trailing bytes. Thread safe; each call opens the
/// plain bytes.
final class StretchEncoder {
    private static final int CHUNK = 64 << 10;

    private final EncoderCatalog catalog;
    private final MemberLayout layout;
    private final RawBytes trailing;
    private final ByteSource plain;

    StretchEncoder(EncoderCatalog catalog, MemberLayout layout, RawBytes trailing, ByteSource plain) {
        this.catalog = catalog;
        this.layout = layout;
        this.trailing = trailing;
        this.plain = plain;
    }

    /// Makes the stretch that begins so, until the sink is full.
    ///
    /// @throws MismatchException when other bytes come out than the sink expects
    /// @throws DrayException of kind CORRUPT when the plain bytes end too early
    void encode(Restart restart, SegmentSink sink) throws IOException {
        int member = switch (restart) {
            case Restart.Continued() -> throw new IllegalArgumentException("no beginning");
            case Restart.Member(int index) -> index;
            case Restart.Inside(int index, Checkpoint checkpoint) -> {
                inside(index, checkpoint, sink);
                if (!sink.full()) {
                    write(layout.member(index).trailer(), sink);
                }
                yield index + 1;
            }
        };
        for (; member < layout.count() && !sink.full(); member++) {
            write(layout.member(member).header(), sink);
            whole(member, sink);
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

    private void whole(int member, SegmentSink sink) throws IOException {
        RecipeMember recipe = layout.member(member);
        switch (catalog.encoding(recipe.encoderAt(0))) {
            case Encoding.Streamed(var opener) -> stream(member, opener, sink);
            case Encoding.Resumable(var opener, var _, var _, var _) -> stream(member, opener, sink);
            case Encoding.Blocked(var _, var _) -> blocks(member, 0, sink);
        }
    }

    private void stream(int member, Encoding.Opener opener, SegmentSink sink) throws IOException {
        try (InputStream in = plain.open(layout.plainOffset(member));
                DeflateEncoder encoder = opener.open(sink)) {
            long left = layout.member(member).plainLength();
            byte[] chunk = new byte[(int) Math.min(CHUNK, left)];
            while (left > 0 && !sink.full()) {
                int part = (int) Math.min(chunk.length, left);
                read(in, chunk, 0, part);
                encoder.write(chunk, 0, part);
                left -= part;
            }
            if (!sink.full()) {
                encoder.finish();
            }
        }
    }

    private void inside(int member, Checkpoint checkpoint, SegmentSink sink) throws IOException {
        RecipeMember recipe = layout.member(member);
        switch (catalog.encoding(recipe.encoderAt(checkpoint.plainPosition()))) {
            case Encoding.Streamed(var _) ->
                throw new DrayException(
                        DrayException.Kind.CORRUPT, "corrupt compression recipe: checkpoint of a stream without");
            case Encoding.Resumable(var _, var resumer, int dictionary, var _) ->
                resume(member, checkpoint, resumer, dictionary, sink);
            case Encoding.Blocked(var _, var _) -> blocks(member, checkpoint.plainPosition(), sink);
        }
    }

    private void resume(int member, Checkpoint checkpoint, Encoding.Resumer resumer, int dictionary, SegmentSink sink)
            throws IOException {
        int known = (int) Math.min(dictionary, checkpoint.plainPosition());
        long from = layout.plainOffset(member) + checkpoint.plainPosition() - known;
        try (InputStream in = plain.open(from)) {
            byte[] before = new byte[known];
            read(in, before, 0, known);
            try (ResumableEncoder encoder = resumer.resume(checkpoint, before, sink)) {
                long left = layout.member(member).plainLength() - checkpoint.plainPosition();
                byte[] chunk = new byte[(int) Math.min(CHUNK, left)];
                while (left > 0 && !sink.full()) {
                    int part = (int) Math.min(chunk.length, left);
                    read(in, chunk, 0, part);
                    encoder.write(chunk, 0, part);
                    encoder.drain();
                    left -= part;
                }
                if (!sink.full()) {
                    encoder.finish();
                }
            }
        }
    }

    /// Makes blocks from the one that begins at `from`, each by the encoder of its run.
    private void blocks(int member, long from, SegmentSink sink) throws IOException {
        RecipeMember recipe = layout.member(member);
        EncoderId current = recipe.encoderAt(from);
        Encoding.Blocked encoding = blocked(current);
        BlockEncoder encoder = encoding.opener().get();
        int size = encoder.blockSize();
        int dictionary = (int) Math.min(encoder.dictionarySize(), from);
        byte[] window = new byte[dictionary + (int) Math.min(size, recipe.plainLength() - from)];
        try (InputStream in = plain.open(layout.plainOffset(member) + from - dictionary)) {
            read(in, window, 0, dictionary);
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
                int keep = Math.min(encoder.dictionarySize(), dictionary + part);
                System.arraycopy(window, dictionary + part - keep, window, 0, keep);
                dictionary = keep;
                at += part;
            }
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
            throw new DrayException(DrayException.Kind.CORRUPT, "the plain bytes of the layer end too early");
        }
    }
}
