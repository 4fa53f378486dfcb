package dev.dray.layer.encoders;

import dev.dray.layer.deflate.StreamFeatures;
import dev.dray.layer.gzip.GzipHeader;
import dev.dray.layer.recipe.EncoderId;
import java.util.List;
import java.util.Optional;

/// The encoders of one name, in all their eras and with all their parameters. Stateless and thread safe.
public interface EncoderFamily {
    /// The name in an [EncoderId].
    String name();

    /// The encoders of this family that a stream may come from, likeliest first; none when its marks speak against
    /// all.
    List<EncoderId> candidates(GzipHeader header, StreamFeatures features);

    /// Encoders to try from where `id` ceases to fit: eras and levels near it.
    List<EncoderId> siblings(EncoderId id);

    /// The encoder so called, or empty when this family has never had it.
    Optional<Encoding> encoding(EncoderId id);
}
