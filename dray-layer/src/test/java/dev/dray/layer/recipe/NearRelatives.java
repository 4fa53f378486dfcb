package dev.dray.layer.recipe;

import dev.dray.layer.deflate.DeflateEncoder;
import dev.dray.layer.deflate.StreamFeatures;
import dev.dray.layer.deflate.go.GoDeflate;
import dev.dray.layer.encoders.EncoderFamily;
import dev.dray.layer.encoders.Encoding;
import dev.dray.layer.gzip.GzipHeader;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Many encoders, each of which gives what Go's level 0 gives but for one byte.
///
/// @param count how many
/// @param wrong which byte of the deflate data is another
public record NearRelatives(int count, long wrong) implements EncoderFamily {
    @Override
    public String name() {
        return "near";
    }

    @Override
    public List<EncoderId> candidates(GzipHeader header, StreamFeatures features) {
        return IntStream.range(1, count + 1)
                .mapToObj(number -> new EncoderId(name(), "1", number, EncoderId.Parameters.level(0)))
                .toList();
    }

    @Override
    public List<EncoderId> siblings(EncoderId id) {
        return List.of();
    }

    @Override
    public Optional<Encoding> encoding(EncoderId id) {
        return Optional.of(new Encoding.Streamed(this::encoder));
    }

    private DeflateEncoder encoder(OutputStream sink) {
        return GoDeflate.encoder(0, new FilterOutputStream(sink) {
            private long at;

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                byte[] changed = bytes.clone();
                if (wrong >= at && wrong < at + length) {
                    changed[offset + (int) (wrong - at)] ^= 1;
                }
                at += length;
                out.write(changed, offset, length);
            }
        });
    }
}
