package dev.dray.layer.recipe;

import dev.dray.layer.deflate.DeflateEncoder;
import dev.dray.layer.deflate.StreamFeatures;
import dev.dray.layer.deflate.go.GoDeflate;
import dev.dray.layer.encoders.EncoderFamily;
import dev.dray.layer.encoders.Encoding;
import dev.dray.layer.gzip.GzipHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Go's level 6, but for the end of the stream, which comes too early or too late.
///
/// @param more how many bytes there are too many, negative when they are too few
public record WrongEnd(int more) implements EncoderFamily {
    private static final EncoderId ID = new EncoderId("wrong-end", "1", 1, EncoderId.Parameters.level(6));

    @Override
    public String name() {
        return ID.family();
    }

    @Override
    public List<EncoderId> candidates(GzipHeader header, StreamFeatures features) {
        return List.of(ID);
    }

    @Override
    public List<EncoderId> siblings(EncoderId id) {
        return List.of();
    }

    @Override
    public Optional<Encoding> encoding(EncoderId id) {
        return Optional.of(new Encoding.Streamed(sink -> new Encoder(more, sink)));
    }

    private static final class Encoder implements DeflateEncoder {
        private final int more;
        private final OutputStream sink;
        private final ByteArrayOutputStream right = new ByteArrayOutputStream();
        private final DeflateEncoder go = GoDeflate.encoder(6, right);

        Encoder(int more, OutputStream sink) {
            this.more = more;
            this.sink = sink;
        }

        @Override
        public void write(byte[] plain, int offset, int length) throws IOException {
            go.write(plain, offset, length);
        }

        @Override
        public void finish() throws IOException {
            go.finish();
            sink.write(Arrays.copyOf(right.toByteArray(), right.size() + more));
        }
    }
}
