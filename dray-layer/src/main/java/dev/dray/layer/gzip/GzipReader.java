package dev.dray.layer.gzip;

import dev.dray.layer.deflate.DeflateInput;
import dev.dray.layer.deflate.InflateLimits;
import dev.dray.layer.deflate.TokenInflater;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/// Reads a gzip file from front to back: plain bytes to a sink, its structure to a listener.
///
/// Bytes behind a member that do not begin a member count as trailing bytes, up to 64 KiB. A wrong CRC or
/// length is noted in the member and no error, since the file is rebuilt as it came. Not thread safe.
public final class GzipReader {
    /// Most bytes behind the last member.
    public static final int MAX_TRAILING = 64 << 10;

    private final GzipListener listener;
    private final InflateLimits limits;
    private final TokenInflater inflater;

    public GzipReader(GzipListener listener, InflateLimits limits) {
        this.listener = listener;
        this.limits = limits;
        this.inflater = new TokenInflater(listener, limits);
    }

    /// Reads all of `in`, which stays open.
    ///
    /// @throws DrayException of kind UNSUPPORTED when it is not gzip, CORRUPT when it is damaged or broken off,
    ///     TOO_LARGE beyond the limits
    public GzipLayout read(InputStream in, OutputStream plain) throws IOException {
        DeflateInput input = new DeflateInput(in);
        List<GzipMember> members = new ArrayList<>();
        long plainOffset = 0;
        do {
            GzipMember member = member(input, plain, plainOffset);
            members.add(member);
            listener.memberEnded(member);
            plainOffset += member.plainLength();
            limits.checkSize(plainOffset);
        } while (GzipHeader.begins(input));
        return new GzipLayout(members, trailing(input));
    }

    private GzipMember member(DeflateInput input, OutputStream plain, long plainOffset) throws IOException {
        long offset = input.position() / 8;
        GzipHeader header = GzipHeader.read(input);
        listener.memberStarted(header);
        long begin = input.position() / 8;
        CrcSink sink = new CrcSink(plain);
        long plainLength = inflater.inflate(input, sink);
        long deflateLength = input.position() / 8 - begin;
        byte[] trailer = new byte[GzipMember.TRAILER_LENGTH];
        for (int i = 0; i < trailer.length; i++) {
            int value = input.read();
            if (value < 0) {
                throw new DrayException(DrayException.Kind.CORRUPT, "corrupt gzip data: broken off in the trailer");
            }
            trailer[i] = (byte) value;
        }
        ByteBuffer words = ByteBuffer.wrap(trailer).order(ByteOrder.LITTLE_ENDIAN);
        boolean holds = words.getInt() == (int) sink.crc.getValue() && words.getInt() == (int) plainLength;
        return new GzipMember(offset, header, deflateLength, plainOffset, plainLength, RawBytes.copyOf(trailer), holds);
    }

    private static RawBytes trailing(DeflateInput input) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);
        for (int value = input.read(); value >= 0; value = input.read()) {
            bytes.write(value);
            if (bytes.size() > MAX_TRAILING) {
                throw new DrayException(
                        DrayException.Kind.UNSUPPORTED,
                        "more than %d bytes follow the gzip data".formatted(MAX_TRAILING));
            }
        }
        return RawBytes.copyOf(bytes.toByteArray());
    }

    /// Passes bytes on and updates their CRC.
    private static final class CrcSink extends OutputStream {
        private final OutputStream target;
        final CRC32 crc = new CRC32();

        CrcSink(OutputStream target) {
            this.target = target;
        }

        @Override
        public void write(int value) throws IOException {
            crc.update(value);
            target.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            crc.update(bytes, offset, length);
            target.write(bytes, offset, length);
        }
    }
}
