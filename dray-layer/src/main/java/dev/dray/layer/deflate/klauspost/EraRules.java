package dev.dray.layer.deflate.klauspost;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// How one era of the encoder differs from the oldest one: by the changes that were made up to it.
///
/// @param changes all of them, those of the eras before included
record EraRules(Set<Change> changes) {
    private static final int FIXED_CODE_LIMIT = 250;
    private static final int PRICED_BYTES = 1 << 15;

    /// The rules of v1.12.3.
    static final EraRules FIRST = new EraRules(Set.of());

    /// One thing that a version of the encoder does in another way than the version before.
    enum Change {
        /// Codes are made for the symbols that occur, not for all; before, a chunk was stored when it saved
        /// less than 1/16.
        CODES_OF_USED_SYMBOLS,
        /// The entropy estimate divides by the tokens including the end of block.
        ESTIMATE_COUNTS_END_OF_BLOCK,
        /// Blocks of many tokens are never tried in the fixed codes.
        FIXED_CODES_FOR_FEW_TOKENS,
        /// Literals spread evenly are stored without an estimate.
        SPREAD_CHECK,
        /// Long matches are cut into pieces of 258 bytes, no more of 255.
        SPLIT_AT_LONGEST,
        /// A match found by its tail may leave two bytes at its head to the backward extension.
        TAIL_CHECK_SKIPS_HEAD,
        /// The lazy levels look for a longer match at the tail of one from two bytes behind its head.
        LAZY_TAIL_CHECK_SKIPS_HEAD,
        /// Level 9 wants one bit more of a match.
        DEARER_MATCHES,
        /// Level 4 measures a candidate of the next position at the wrong place.
        LEVEL_4_MISMEASURES,
        /// A new table describes the symbols up to the last that occurs.
        TRIMMED_ALPHABETS,
        /// The end of block always counts.
        END_OF_BLOCK_COUNTS,
        /// Level 9 learns prices from 32 KiB, not from all that is at hand.
        PRICES_OF_FEW_BYTES,
        /// The first block of a lazy level begins behind the dictionary; before, at its start.
        BLOCKS_BEGIN_BEHIND_DICTIONARY,
        /// A code comes from a Huffman tree, and from package-merge only where the tree is too deep.
        HUFFMAN_TREES,
        /// Chunks of less than 128 bytes are parsed like others, if they are not the whole stream.
        SMALL_CHUNKS_PARSED
    }

    EraRules {
        EnumSet<Change> copy = EnumSet.noneOf(Change.class);
        copy.addAll(changes);
        changes = Collections.unmodifiableSet(copy);
    }

    /// These rules with more changes.
    EraRules with(Change... more) {
        EnumSet<Change> all = EnumSet.noneOf(Change.class);
        all.addAll(changes);
        all.addAll(List.of(more));
        return new EraRules(all);
    }

    boolean has(Change change) {
        return changes.contains(change);
    }

    /// Whether codes are made for all symbols.
    boolean fillsCodes() {
        return !has(Change.CODES_OF_USED_SYMBOLS);
    }

    /// How many bytes at its head a match found by its tail may leave to the backward extension.
    int tailCheckSkip() {
        return has(Change.TAIL_CHECK_SKIPS_HEAD) ? 2 : 0;
    }

    /// Blocks with at least so many tokens are never tried in the fixed codes.
    int fixedCodeLimit() {
        return has(Change.FIXED_CODES_FOR_FEW_TOKENS) ? FIXED_CODE_LIMIT : Integer.MAX_VALUE;
    }

    /// From how many bytes level 9 learns the prices of literals.
    int pricedBytes() {
        return has(Change.PRICES_OF_FEW_BYTES) ? PRICED_BYTES : Integer.MAX_VALUE;
    }
}
