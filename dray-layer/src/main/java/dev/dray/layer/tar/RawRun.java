package dev.dray.layer.tar;

import dev.dray.layer.tar.recipe.RecipeFormat;
import dev.dray.layer.tar.recipe.TarRecipeWriter;
import java.io.IOException;

/// Bytes that are no file's: short runs go into the recipe, long ones become contents like files.
///
/// A run becomes a content once it is longer than a literal may be, and then goes on until a header is found, so that a
/// stream that is no tar at all costs no more than a reference. Not thread safe.
final class RawRun {
    private final TarRecipeWriter recipe;
    private final OpenContent content;
    private final byte[] buffer = new byte[RecipeFormat.LARGEST_LITERAL];
    private int length;

    RawRun(TarRecipeWriter recipe, OpenContent content) {
        this.recipe = recipe;
        this.content = content;
    }

    void write(byte[] bytes, int offset, int count) throws IOException {
        if (content.isOpen()) {
            content.write(bytes, offset, count);
        } else if (count <= buffer.length - length) {
            System.arraycopy(bytes, offset, buffer, length, count);
            length += count;
        } else {
            content.begin();
            content.write(buffer, 0, length);
            content.write(bytes, offset, count);
            length = 0;
        }
    }

    /// Zeros, which end a run unless it has become a content.
    void zeros(byte[] block, int count) throws IOException {
        if (content.isOpen()) {
            content.write(block, 0, count);
        } else {
            end();
            recipe.zeros(count);
        }
    }

    /// Ends the run, if there is one.
    void end() throws IOException {
        if (content.isOpen()) {
            content.end();
        } else if (length > 0) {
            recipe.literal(buffer, 0, length);
            length = 0;
        }
    }
}
