package dev.dray.layer.deflate;

/// How a deflate block is coded, in the order of its number in the format (RFC 1951, 3.2.3).
public enum BlockKind {
    STORED,
    FIXED,
    DYNAMIC
}
