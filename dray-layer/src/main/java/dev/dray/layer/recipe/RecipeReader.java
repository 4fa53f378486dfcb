package dev.dray.layer.recipe;

import dev.dray.layer.deflate.Checkpoint;
import dev.dray.layer.gzip.GzipMember;
import dev.dray.layer.gzip.GzipReader;
import dev.dray.layer.recipe.EncoderId.Parameters;
import dev.dray.layer.recipe.Segment.Restart;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Reads what [RecipeWriter] writes, and nothing else: every number is held against what it must fit.
final class RecipeReader {
    private final ByteBuffer in;

    private RecipeReader(ByteBuffer in) {
        this.in = in;
    }

    static GzipRecipe read(RawBytes stored) {
        try {
            return new RecipeReader(RecipeEnvelope.open(RecipeEnvelope.GZIP, stored)).recipe();
        } catch (ArithmeticException e) {
            throw RecipeEnvelope.corrupt("a number out of range");
        }
    }

    private GzipRecipe recipe() {
        long size = number();
        long plainSize = number();
        Digest digest = Digest.of(Digest.Algorithm.SHA256, bytes(Digest.Algorithm.SHA256.bytes()));
        List<EncoderId> encoders = list(() -> encoder());
        List<RawBytes> headers = list(() -> sizedBytes());
        List<RecipeMember> members = list(() -> member(headers, encoders));
        MemberLayout layout = new MemberLayout(members);
        RawBytes trailing = trailing();
        List<Segment> segments = segments(layout, size);
        if (in.hasRemaining()) {
            throw RecipeEnvelope.corrupt("bytes behind its end");
        }
        int count = layout.count();
        if (count == 0
                || layout.plainOffset(count) != plainSize
                || Math.addExact(layout.offset(count), trailing.size()) != size) {
            throw RecipeEnvelope.corrupt("its members do not add up");
        }
        return new GzipRecipe(digest, size, plainSize, members, trailing, segments);
    }

    private EncoderId encoder() {
        String family = text();
        String era = text();
        int revision = small();
        long zigzag = number();
        long level = (zigzag >>> 1) ^ -(zigzag & 1);
        int blockSize = small();
        int dictionarySize = small();
        int memoryLevel = small();
        int options = small();
        if (options > 1) {
            throw new DrayException(
                    DrayException.Kind.UNSUPPORTED, "unknown encoder options %d: use a newer Dray".formatted(options));
        }
        try {
            return new EncoderId(
                    family,
                    era,
                    revision,
                    new Parameters(Math.toIntExact(level), blockSize, dictionarySize, memoryLevel, options == 1));
        } catch (IllegalArgumentException e) {
            throw RecipeEnvelope.corrupt(e.getMessage() == null ? "encoder" : e.getMessage());
        }
    }

    private RecipeMember member(List<RawBytes> headers, List<EncoderId> encoders) {
        RawBytes header = headers.get(index(headers.size()));
        long deflateLength = number();
        long plainLength = number();
        RawBytes trailer = RawBytes.copyOf(bytes(GzipMember.TRAILER_LENGTH));
        List<EncoderRun> runs = list(() -> new EncoderRun(number(), encoders.get(index(encoders.size()))));
        long before = -1;
        for (EncoderRun run : runs) {
            if (run.plainOffset() <= before) {
                throw RecipeEnvelope.corrupt("runs out of order");
            }
            before = run.plainOffset();
        }
        if (runs.isEmpty() || runs.getFirst().plainOffset() != 0 || before > plainLength) {
            throw RecipeEnvelope.corrupt("runs out of range");
        }
        return new RecipeMember(header, deflateLength, plainLength, trailer, runs);
    }

    private RawBytes trailing() {
        int length = index(GzipReader.MAX_TRAILING + 1);
        int form = small();
        return switch (form) {
            case RecipeWriter.SPELLED -> RawBytes.copyOf(bytes(length));
            case RecipeWriter.ZEROS -> RawBytes.copyOf(new byte[length]);
            default -> throw RecipeEnvelope.corrupt("trailing bytes of form %d".formatted(form));
        };
    }

    private List<Segment> segments(MemberLayout layout, long size) {
        List<Segment> segments = new ArrayList<>();
        long offset = 0;
        int count = index(in.remaining() + 1);
        for (int i = 0; i < count; i++) {
            long length = number();
            Restart restart = restart(layout, offset);
            if (length == 0 || (i == 0) != (restart instanceof Restart.Member first && first.member() == 0)) {
                throw RecipeEnvelope.corrupt("segment %d".formatted(i));
            }
            segments.add(new Segment(
                    offset, length, restart, ByteBuffer.wrap(bytes(Long.BYTES)).getLong()));
            offset = Math.addExact(offset, length);
        }
        if (offset != size) {
            throw RecipeEnvelope.corrupt("its segments do not add up");
        }
        return segments;
    }

    private Restart restart(MemberLayout layout, long offset) {
        int kind = small();
        return switch (kind) {
            case RecipeWriter.CONTINUED -> new Restart.Continued();
            case RecipeWriter.AT_MEMBER -> {
                int member = index(layout.count());
                if (layout.offset(member) != offset) {
                    throw RecipeEnvelope.corrupt("a segment beside its member");
                }
                yield new Restart.Member(member);
            }
            case RecipeWriter.INSIDE -> {
                int member = index(layout.count());
                yield new Restart.Inside(
                        member, checkpoint(layout.member(member), offset - layout.deflateOffset(member)));
            }
            default -> throw RecipeEnvelope.corrupt("restart of kind %d".formatted(kind));
        };
    }

    private Checkpoint checkpoint(RecipeMember member, long byteOffset) {
        long plain = number();
        long state = number();
        int width = octet();
        int carry = octet();
        boolean fits = width < 8
                && carry >>> width == 0
                && byteOffset >= 0
                && byteOffset < member.deflateLength()
                && plain <= member.plainLength();
        if (!fits) {
            throw RecipeEnvelope.corrupt("checkpoint");
        }
        return new Checkpoint(plain, byteOffset * 8 + width, carry, state);
    }

    private <T> List<T> list(Supplier<T> item) {
        int count = index(in.remaining() + 1);
        List<T> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(item.get());
        }
        return items;
    }

    /// A number below `limit`.
    private int index(int limit) {
        long value = number();
        if (value >= limit) {
            throw RecipeEnvelope.corrupt("%d of %d".formatted(value, limit));
        }
        return (int) value;
    }

    private int small() {
        return index(Integer.MAX_VALUE);
    }

    private long number() {
        long value = 0;
        for (int shift = 0; shift < 56; shift += 7) {
            int part = octet();
            value |= (part & 0x7fL) << shift;
            if (part < 0x80) {
                if (part == 0 && shift > 0) {
                    throw RecipeEnvelope.corrupt("a number longer than it must be");
                }
                return value;
            }
        }
        throw RecipeEnvelope.corrupt("number too long");
    }

    private int octet() {
        return bytes(1)[0] & 0xff;
    }

    private String text() {
        return new String(sizedBytes().toByteArray(), StandardCharsets.UTF_8);
    }

    private RawBytes sizedBytes() {
        return RawBytes.copyOf(bytes(index(in.remaining() + 1)));
    }

    private byte[] bytes(int length) {
        if (length > in.remaining()) {
            throw RecipeEnvelope.corrupt("broken off");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
