package dev.dray.layer.recipe;

import dev.dray.model.RawBytes;
import java.util.List;

/// One gzip member in a recipe.
///
/// @param header as it was
/// @param deflateLength bytes of its deflate data
/// @param plainLength its plain bytes
/// @param trailer CRC and length, as they were
/// @param runs encoders in the order of their beginnings, the first at 0
public record RecipeMember(
        RawBytes header, long deflateLength, long plainLength, RawBytes trailer, List<EncoderRun> runs) {
    public RecipeMember {
        runs = List.copyOf(runs);
    }

    /// Length of header, data and trailer.
    public long length() {
        return header.size() + deflateLength + trailer.size();
    }

    /// The encoder at work at a plain offset within the member.
    public EncoderId encoderAt(long plainOffset) {
        EncoderId encoder = runs.getFirst().encoder();
        for (EncoderRun run : runs) {
            if (run.plainOffset() <= plainOffset) {
                encoder = run.encoder();
            }
        }
        return encoder;
    }
}
