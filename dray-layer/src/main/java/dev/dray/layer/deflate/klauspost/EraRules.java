package dev.dray.layer.deflate.klauspost;

/// How one era of the encoder differs from the others.
///
/// @param splitAtLongest long matches are cut into pieces of 258 bytes; before, of 255
/// @param tailCheckSkip how many bytes at its head a match found by its tail may leave to the backward extension
/// @param alphabets how many symbols a new table describes and whether the end of block counts in estimates
/// @param fillsCodes whether codes are built for all symbols, and a chunk is stored when it saves less than 1/16
/// @param fixedCodeLimit blocks with at least so many tokens are never tried in the fixed codes
/// @param spreadCheck whether literals spread evenly are stored without an estimate
/// @param estimateCountsEndOfBlock whether the entropy estimate divides by the tokens including the end of block
record EraRules(
        boolean splitAtLongest,
        int tailCheckSkip,
        Alphabets alphabets,
        boolean fillsCodes,
        int fixedCodeLimit,
        boolean spreadCheck,
        boolean estimateCountsEndOfBlock) {

    static final int FIXED_CODE_LIMIT = 250;

    /// The sizes of the alphabets in the head of a dynamic block.
    enum Alphabets {
        /// All symbols, unless the block ends with a flush; the end of block counts only when it is flushed.
        FULL,
        /// Up to the last that occurs; the end of block counts only when it is flushed.
        TRIMMED,
        /// Up to the last that occurs; the end of block always counts.
        TRIMMED_WITH_END
    }
}
