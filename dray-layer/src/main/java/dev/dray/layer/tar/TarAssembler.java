package dev.dray.layer.tar;

import dev.dray.layer.tar.recipe.TarSummary;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Puts a whole layer together from its tar recipe and contents: a [TarReader] that is read to its end.
public final class TarAssembler {
    private static final int BUFFER = 256 << 10;

    private TarAssembler() {}

    /// Writes the layer. Closes the contents that it opens, nothing else.
    ///
    /// @param recipe read to its end
    /// @param limit most bytes that are written, so that a hostile recipe cannot fill a disk with zeros
    /// @throws DrayException of kind CORRUPT when the recipe is damaged, a content has another length, or the
    ///     whole is not what was split; UNSUPPORTED for a recipe of a newer version; TOO_LARGE beyond the limit
    public static TarSummary assemble(InputStream recipe, ContentSource contents, OutputStream out, long limit)
            throws IOException {
        TarReader reader = new TarReader(recipe, contents, limit);
        try {
            byte[] buffer = new byte[BUFFER];
            for (int count = reader.read(buffer); count >= 0; count = reader.read(buffer)) {
                out.write(buffer, 0, count);
            }
            return reader.summary().orElseThrow();
        } finally {
            reader.closeContent();
        }
    }
}
