package dev.dray.layer.tar.recipe;

import dev.dray.model.DrayException;

/// The tar recipe, version 1, as bytes.
///
/// ```
/// recipe  = magic version block* end
/// magic   = "dray-tar"                      version = byte 1
/// block   = byte 1, varint operations, varint references,
///           (varint plain, varint stored) for each Column, the stored columns, references * 32 bytes SHA-256, check
/// end     = byte 0, varint size, varint headers, varint references, varint referenced bytes, 32 bytes diffID, check
/// check   = CRC-32C of the recipe from its first byte up to here, 4 bytes, most significant first
/// ```
///
/// A column is stored as raw deflate (RFC 1951) when that is shorter, otherwise as it is; only inflating must be
/// exact. A varint is seven bits a byte, least significant first. Operations are in [Operation], headers in
/// [HeaderCoder]. Predictions carry over from block to block, lengths of columns are bounded by [#LARGEST_BLOCK], so
/// both writer and reader work in bounded memory. A version that changes any of it has another number; this one is
/// read for ever.
public final class RecipeFormat {
    static final byte[] MAGIC = {'d', 'r', 'a', 'y', '-', 't', 'a', 'r'};
    public static final int VERSION = 1;

    static final int END = 0;
    public static final int BLOCK = 1;

    /// A writer ends a block when its columns are this long together, in bytes.
    public static final int FULL_BLOCK = 256 << 10;

    /// The most that a reader accepts for the columns together: a full block and its last operation fit.
    static final int LARGEST_BLOCK = 512 << 10;

    /// Longest literal, in bytes.
    public static final int LARGEST_LITERAL = 64 << 10;

    static final int HASH = 32;

    private RecipeFormat() {}

    static DrayException corrupt(String why) {
        return new DrayException(DrayException.Kind.CORRUPT, "tar recipe is corrupt: " + why);
    }
}
