package dev.dray.store.pack;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.store.filesystem.FileOperations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The table of contents at the end of a pack. Immutable.
///
/// ```
/// pack   = frame* footer
/// frame  = a zstd frame (RFC 8878) with the checksum of its content; at most 1 MiB before compression
/// footer = body, SHA-256 of it, its length (8), version (1), "draypak"
/// body   = varint frames, (varint length, varint raw length) each,
///          varint objects, (32 bytes SHA-256, varint gap, varint size) each
/// ```
///
/// The frames' raw bytes, one frame behind the other, are the pack's raw space: objects have their place in it, in
/// order and without overlap; the gap is what lies between one and the next. Numbers of fixed length are
/// big-endian, a varint is seven bits a byte, least significant first.
///
/// @param frames in the order of the file
/// @param objects the contents in the order of their places; recipes and small contents are in none
public record PackFooter(List<Frame> frames, List<PackedObject> objects) {
    /// Most bytes of a frame before compression.
    static final int LARGEST_FRAME = 1 << 20;

    /// Most contents of a pack.
    static final int MOST_OBJECTS = 1 << 18;

    private static final int VERSION = 1;
    private static final byte[] MAGIC = {'d', 'r', 'a', 'y', 'p', 'a', 'k'};
    private static final int HASH = 32;
    private static final int TAIL = HASH + Long.BYTES + 1 + MAGIC.length;
    /// Enough for the most objects, and for the frames of a content of 1 TiB.
    private static final int LARGEST_BODY = 64 << 20;

    /// The most that the compressor may add to a frame.
    private static final int MOST_EXPANSION = 64 << 10;

    /// A frame.
    ///
    /// @param length in the file
    /// @param rawLength before compression
    public record Frame(int length, int rawLength) {}

    public PackFooter {
        frames = List.copyOf(frames);
        objects = List.copyOf(objects);
    }

    /// Bytes of the raw space.
    public long rawSize() {
        return frames.stream().mapToLong(Frame::rawLength).sum();
    }

    private long framesLength() {
        return frames.stream().mapToLong(Frame::length).sum();
    }

    byte[] toBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        varint(out, frames.size());
        for (Frame frame : frames) {
            varint(out, frame.length());
            varint(out, frame.rawLength());
        }
        varint(out, objects.size());
        long end = 0;
        for (PackedObject object : objects) {
            out.writeBytes(object.digest().toByteArray());
            varint(out, object.offset() - end);
            varint(out, object.size());
            end = object.end();
        }
        byte[] body = out.toByteArray();
        return ByteBuffer.allocate(body.length + TAIL)
                .put(body)
                .put(hash(body))
                .putLong(body.length)
                .put((byte) VERSION)
                .put(MAGIC)
                .array();
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while (rest >= 0x80) {
            out.write((int) rest | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static byte[] hash(byte[] body) {
        return Digest.Algorithm.SHA256.hasher().digest(body);
    }

    /// Reads the footer of a pack, and sees that it fits the file's length.
    ///
    /// @throws NoSuchFileException when the file is absent
    /// @throws DrayException of kind CORRUPT when it is no pack or a bit of the footer is wrong, UNSUPPORTED when
    ///     it is of a newer version
    public static PackFooter read(FileOperations files, Path file) throws IOException {
        long length = files.length(file).orElseThrow(() -> new NoSuchFileException(file.toString()));
        try {
            byte[] tail = bytes(files, file, length - TAIL, TAIL);
            long bodyLength = bodyLength(tail);
            byte[] body = bytes(files, file, length - TAIL - bodyLength, bodyLength);
            PackFooter footer = parse(body, tail);
            if (footer.framesLength() != length - TAIL - bodyLength) {
                throw corrupt("its frames have another length");
            }
            return footer;
        } catch (DrayException e) {
            throw new DrayException(e.kind(), "pack \"%s\": %s".formatted(file.getFileName(), e.getMessage()), e);
        }
    }

    private static byte[] bytes(FileOperations files, Path file, long offset, long length) throws IOException {
        if (offset < 0) {
            throw corrupt("it is too short");
        }
        try (InputStream stream = files.read(file, offset)) {
            byte[] bytes = stream.readNBytes((int) length);
            if (bytes.length < length) {
                throw corrupt("it has become shorter");
            }
            return bytes;
        }
    }

    private static long bodyLength(byte[] tail) {
        ByteBuffer in = ByteBuffer.wrap(tail, HASH, TAIL - HASH);
        long length = in.getLong();
        int version = in.get() & 0xff;
        if (!Arrays.equals(tail, TAIL - MAGIC.length, TAIL, MAGIC, 0, MAGIC.length)) {
            throw corrupt("it does not end as a pack does");
        }
        if (version != VERSION) {
            throw new DrayException(Kind.UNSUPPORTED, "version %d, and this dray knows %d".formatted(version, VERSION))
                    .advising("use the version of dray that wrote it, or a newer one");
        }
        if (length < 2 || length > LARGEST_BODY) {
            throw corrupt("a footer of %d bytes".formatted(length));
        }
        return length;
    }

    /// Reads a footer out of its two parts.
    static PackFooter parse(byte[] body, byte[] tail) {
        if (bodyLength(tail) != body.length || !Arrays.equals(hash(body), 0, HASH, tail, 0, HASH)) {
            throw corrupt("a bit of its footer is wrong");
        }
        ByteBuffer in = ByteBuffer.wrap(body);
        List<Frame> frames = frames(in);
        long rawSize = frames.stream().mapToLong(Frame::rawLength).sum();
        List<PackedObject> objects = objects(in, rawSize);
        if (in.hasRemaining()) {
            throw corrupt("its footer holds more than it uses");
        }
        return new PackFooter(frames, objects);
    }

    private static List<Frame> frames(ByteBuffer in) {
        List<Frame> frames = new ArrayList<>();
        for (long left = varint(in, in.remaining() / 2); left > 0; left--) {
            int length = (int) varint(in, LARGEST_FRAME + MOST_EXPANSION);
            int rawLength = (int) varint(in, LARGEST_FRAME);
            if (length == 0 || rawLength == 0) {
                throw corrupt("an empty frame");
            }
            frames.add(new Frame(length, rawLength));
        }
        return frames;
    }

    private static List<PackedObject> objects(ByteBuffer in, long rawSize) {
        List<PackedObject> objects = new ArrayList<>();
        long end = 0;
        for (long left = varint(in, in.remaining() / HASH); left > 0; left--) {
            if (in.remaining() < HASH) {
                throw corrupt("its footer is broken off");
            }
            byte[] hash = new byte[HASH];
            in.get(hash);
            long offset = end + varint(in, rawSize - end);
            long size = varint(in, rawSize - offset);
            if (size == 0) {
                throw corrupt("an empty content");
            }
            PackedObject object = new PackedObject(Digest.of(Digest.Algorithm.SHA256, hash), offset, size);
            objects.add(object);
            end = object.end();
        }
        return objects;
    }

    private static long varint(ByteBuffer in, long most) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
            if (!in.hasRemaining()) {
                throw corrupt("its footer is broken off");
            }
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                if (value > most) {
                    throw corrupt("the number %d in its footer is too large".formatted(value));
                }
                return value;
            }
        }
        throw corrupt("a number in its footer has no end");
    }

    private static DrayException corrupt(String why) {
        return new DrayException(Kind.CORRUPT, why);
    }
}
