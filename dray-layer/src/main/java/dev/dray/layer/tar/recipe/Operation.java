package dev.dray.layer.tar.recipe;

/// An instruction of a recipe to its reader.
enum Operation {
    /// A header alone.
    HEADER(0),
    /// A header, the content of the size it says, and zeros up to the next block.
    HEADER_REFERENCE(1),
    /// The same with the bytes in [Column#LITERAL].
    HEADER_LITERAL(2),
    /// A length and that many bytes.
    LITERAL(3),
    /// A length; that many zero bytes.
    ZEROS(4),
    /// A length; a content of that size.
    REFERENCE(5);

    /// The bits of a shape that this type holds.
    static final int BITS = 3;

    private static final Operation[] ALL = values();

    private final int code;

    Operation(int code) {
        this.code = code;
    }

    /// As it stands in recipes.
    int code() {
        return code;
    }

    static Operation of(int code) {
        if (code >= ALL.length) {
            throw RecipeFormat.corrupt("unknown operation " + code);
        }
        return ALL[code];
    }
}
