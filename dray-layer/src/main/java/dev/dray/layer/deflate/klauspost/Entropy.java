package dev.dray.layer.deflate.klauspost;

/// The size that ideal codes would give tokens, as the encoder estimates it: in single precision, with an approximate
/// logarithm, symbol by symbol in this order. Every rounding here decides about bytes of the output.
///
/// Go may fuse multiplications and additions, which would round otherwise, but does not here: neither for arm64 nor
/// for amd64 of level 3.
final class Entropy {
    private static final float END_OF_BLOCK = 15;

    private Entropy() {}

    /// In bits, extra bits included.
    ///
    /// @param total how many literals and matches there are taken to be
    static int estimate(Tokens tokens, int total) {
        float bits = 0;
        int extra = 0;
        int matches = 0;
        if (total > 0) {
            float share = 1.0f / total;
            for (int symbol = 0; symbol < Tokens.END_OF_BLOCK; symbol++) {
                bits = add(bits, tokens.literalCounts[symbol], share);
            }
            bits += END_OF_BLOCK;
            for (int symbol = Tokens.END_OF_BLOCK + 1; symbol < Tokens.LITERAL_SYMBOLS; symbol++) {
                int count = tokens.literalCounts[symbol];
                bits = add(bits, count, share);
                extra += count * Symbols.lengthExtra(symbol - Tokens.END_OF_BLOCK - 1);
                matches += count;
            }
        }
        if (matches > 0) {
            float share = 1.0f / matches;
            for (int symbol = 0; symbol < Tokens.DISTANCE_SYMBOLS; symbol++) {
                int count = tokens.distanceCounts[symbol];
                bits = add(bits, count, share);
                extra += count * Symbols.distanceExtra(symbol);
            }
        }
        return (int) bits + extra;
    }

    private static float add(float bits, int count, float share) {
        if (count == 0) {
            return bits;
        }
        float n = count;
        float each = -log2(n * share);
        return bits + Math.min(15.0f, Math.max(1.0f, each)) * n;
    }

    /// The exponent, and a parabola through the mantissa.
    private static float log2(float value) {
        int raw = Float.floatToRawIntBits(value);
        float exponent = ((raw >> 23) & 255) - 128;
        float mantissa = Float.intBitsToFloat((raw & 0x807fffff) + (127 << 23));
        return exponent + ((-0.34484842f * mantissa + 2.0246658f) * mantissa - 0.6748776f);
    }
}
