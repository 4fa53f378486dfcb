package dev.dray.layer.gzip;

import dev.dray.layer.Compression;
import dev.dray.layer.deflate.DeflateInput;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/// The header of a gzip member, as its raw bytes (RFC 1952, 2.3).
///
/// The fields are views for recognising who wrote it. The optional CRC of the header is not checked.
///
/// @param raw from the magic number to the last byte before the deflate data
public record GzipHeader(RawBytes raw) {
    private static final int FIXED_LENGTH = 10;
    private static final int MAX_LENGTH = 192 << 10;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;

    /// Whether a member seems to begin at the input's position.
    static boolean begins(DeflateInput in) throws IOException {
        byte[] start = {(byte) in.peek(0), (byte) in.peek(1), (byte) in.peek(2)};
        return Compression.of(start) == Compression.GZIP;
    }

    /// Reads the header at the input's position.
    ///
    /// @throws DrayException of kind UNSUPPORTED when it is not gzip, CORRUPT when it is broken off or
    ///     contradicts the format
    public static GzipHeader read(DeflateInput in) throws IOException {
        if (!begins(in)) {
            throw new DrayException(
                    DrayException.Kind.UNSUPPORTED, "not gzip data: byte %d".formatted(in.position() / 8));
        }
        ByteArrayOutputStream raw = new ByteArrayOutputStream(FIXED_LENGTH);
        copy(in, raw, FIXED_LENGTH);
        int flags = raw.toByteArray()[3] & 0xff;
        if ((flags & RESERVED) != 0) {
            throw corrupt("reserved flags 0x%02x".formatted(flags));
        }
        if ((flags & EXTRA) != 0) {
            int low = copyOne(in, raw);
            int high = copyOne(in, raw);
            copy(in, raw, high << 8 | low);
        }
        if ((flags & NAME) != 0) {
            copyText(in, raw);
        }
        if ((flags & COMMENT) != 0) {
            copyText(in, raw);
        }
        if ((flags & HEADER_CRC) != 0) {
            copy(in, raw, 2);
        }
        return new GzipHeader(RawBytes.copyOf(raw.toByteArray()));
    }

    private static void copy(DeflateInput in, ByteArrayOutputStream raw, int length) throws IOException {
        for (int i = 0; i < length; i++) {
            copyOne(in, raw);
        }
    }

    private static void copyText(DeflateInput in, ByteArrayOutputStream raw) throws IOException {
        while (copyOne(in, raw) != 0) {
            if (raw.size() > MAX_LENGTH) {
                throw corrupt("name or comment without end");
            }
        }
    }

    private static int copyOne(DeflateInput in, ByteArrayOutputStream raw) throws IOException {
        int value = in.read();
        if (value < 0) {
            throw corrupt("broken off");
        }
        raw.write(value);
        return value;
    }

    private static DrayException corrupt(String why) {
        return new DrayException(DrayException.Kind.CORRUPT, "corrupt gzip header: " + why);
    }

    public int flags() {
        return byteAt(3);
    }

    /// The modification time as it stands there, an unsigned number of seconds.
    public long modified() {
        return (byteAt(4) | byteAt(5) << 8 | byteAt(6) << 16 | (long) byteAt(7) << 24) & 0xffffffffL;
    }

    /// The effort that the compressor claims: 2 most, 4 least, 0 nothing.
    public int effort() {
        return byteAt(8);
    }

    /// The operating system's number: 3 is Unix, 255 unknown.
    public int system() {
        return byteAt(9);
    }

    private int byteAt(int index) {
        return raw.buffer().get(index) & 0xff;
    }
}
