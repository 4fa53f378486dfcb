package dev.dray.engine.layers;

import dev.dray.layer.tar.ContentSource;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// The folder of a split layer, and the names in it.
record SplitFolder(Path path) implements ContentSource {
    Path contents() {
        return path.resolve("contents");
    }

    Path tarRecipe() {
        return path.resolve("layer.tar-recipe");
    }

    Path gzipRecipe() {
        return path.resolve("layer.gzip-recipe");
    }

    /// The blob as it is, when it cannot be rebuilt.
    Path verbatim() {
        return path.resolve("layer.blob");
    }

    /// The digest of [#verbatim].
    Path verbatimDigest() {
        return path.resolve("layer.blob-digest");
    }

    Path content(Digest digest) {
        return contents().resolve(digest.hex());
    }

    @Override
    public InputStream open(Digest digest, long size) throws IOException {
        Path file = content(digest);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new DrayException(
                    DrayException.Kind.NOT_FOUND,
                    "the content \"%s\" is missing: split the layer again".formatted(file));
        }
        return Files.newInputStream(file);
    }
}
