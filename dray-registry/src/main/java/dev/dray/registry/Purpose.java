package dev.dray.registry;

/// Why a caller looks something up, which determines the rights that allow it.
public enum Purpose {
    /// To learn whether it exists, as by HEAD: push access suffices, because docker HEADs every blob it has
    /// uploaded.
    EXISTENCE,
    /// To read it, as by GET: requires pull access.
    READ
}
