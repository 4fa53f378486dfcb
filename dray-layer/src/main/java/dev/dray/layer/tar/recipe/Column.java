package dev.dray.layer.tar.recipe;

import java.util.EnumMap;

/// Where in a block of a recipe each kind of thing stands: like with like, so that it packs well. Columns are stored in
/// the order of this list.
enum Column {
    /// One byte for each operation: what it is, and for a header which of its fields are not as predicted.
    SHAPE,
    /// How many leading bytes a name shares with the one before.
    SHARED,
    /// Names behind what they share, link targets, owners; each ended by NUL.
    TEXT,
    MODE,
    /// User and group numbers.
    OWNER,
    SIZE,
    /// Times, as places in the list of recent ones.
    RECENT,
    /// Times that are not in it.
    TIME,
    /// Rare fields.
    ODD,
    /// Lengths of literals, of runs of zeros and of contents that are not what a header announced.
    LENGTH,
    /// Bytes as they are.
    LITERAL;

    static final Column[] ALL = values();

    /// This column of a block.
    <T> T of(EnumMap<Column, T> columns) {
        T value = columns.get(this);
        if (value == null) {
            throw new IllegalStateException("no column " + this);
        }
        return value;
    }
}
