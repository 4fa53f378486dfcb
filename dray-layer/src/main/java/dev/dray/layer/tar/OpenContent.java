package dev.dray.layer.tar;

import dev.dray.layer.tar.recipe.TarRecipeWriter;
import dev.dray.model.Digest;
import java.io.IOException;
import java.security.MessageDigest;

/// The content that goes to the sink at the moment, hashed on its way; its reference goes to the recipe. Not thread
/// safe.
final class OpenContent {
    private final ContentSink sink;
    private final TarRecipeWriter recipe;
    private final MessageDigest hasher = Digest.Algorithm.SHA256.hasher();
    private boolean open;
    private long size;

    OpenContent(ContentSink sink, TarRecipeWriter recipe) {
        this.sink = sink;
        this.recipe = recipe;
    }

    boolean isOpen() {
        return open;
    }

    void begin() throws IOException {
        sink.begin();
        open = true;
        size = 0;
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        hasher.update(bytes, offset, length);
        sink.write(bytes, offset, length);
        size += length;
    }

    void end() throws IOException {
        byte[] hash = hasher.digest();
        open = false;
        sink.end(Digest.of(Digest.Algorithm.SHA256, hash), size);
        recipe.reference(hash, size);
    }
}
