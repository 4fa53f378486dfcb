package dev.dray.layer.prove;

import dev.dray.layer.deflate.DeflateInput;
import dev.dray.layer.deflate.InflateLimits;
import dev.dray.layer.deflate.StreamFeatures;
import dev.dray.layer.deflate.TokenInflater;
import dev.dray.layer.encoders.EncoderCatalog;
import dev.dray.layer.gzip.GzipHeader;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/// The marks of the encoder in the first bytes of a gzip blob.
///
/// @param header of the first member
/// @param features of the blocks that are there whole
public record GzipBeginning(GzipHeader header, StreamFeatures features) {

    /// Reads the beginning of a blob, which may break off anywhere.
    ///
    /// @return empty when it does not begin as gzip does, or breaks off in the header
    public static Optional<GzipBeginning> of(RawBytes bytes) throws IOException {
        DeflateInput in = new DeflateInput(bytes.stream());
        GzipHeader header;
        try {
            header = GzipHeader.read(in);
        } catch (DrayException none) {
            return Optional.empty();
        }
        StreamFeatures.Collector blocks = new StreamFeatures.Collector();
        try {
            new TokenInflater(blocks, InflateLimits.standard()).inflate(in, OutputStream.nullOutputStream());
        } catch (DrayException brokenOff) {
            // as it must, unless the blob is small
        }
        return Optional.of(new GzipBeginning(header, blocks.features()));
    }

    /// The encoders that the blob may come from, likeliest first.
    public List<EncoderId> candidates(EncoderCatalog catalog) {
        return catalog.candidates(header, features);
    }
}
