package dev.dray.engine.layers;

import dev.dray.layer.pipeline.LayerPipeline;
import dev.dray.layer.recipe.GzipRecipe;
import dev.dray.layer.tar.TarAssembler;
import dev.dray.model.ByteSource;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/// Rebuilds a blob from the folder that it was split into.
final class BlobRebuild {
    private static final int BUFFER = 256 << 10;
    private static final int LARGEST_DIGEST = 200;
    private static final int LARGEST_RECIPE = 256 << 20;

    private final LayerPipeline pipeline;

    BlobRebuild(LayerPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /// @param folder only read
    /// @param work a folder for one copy of the plain bytes
    /// @return the digest of the blob
    Digest rebuild(SplitFolder folder, Path work, OutputStream out) throws IOException {
        if (Files.exists(folder.verbatim())) {
            return copy(folder, out);
        }
        if (!Files.exists(folder.tarRecipe())) {
            throw new DrayException(
                    DrayException.Kind.NOT_FOUND,
                    "\"%s\" holds no layer: it has neither \"layer.tar-recipe\" nor \"layer.blob\""
                            .formatted(folder.path()));
        }
        if (!Files.exists(folder.gzipRecipe())) {
            return assemble(folder, out, Long.MAX_VALUE);
        }
        GzipRecipe recipe = readRecipe(folder.gzipRecipe());
        Path plain = work.resolve("plain");
        try {
            try (OutputStream tar = Files.newOutputStream(plain)) {
                assemble(folder, tar, recipe.plainSize());
            }
            pipeline.rebuild(recipe, ByteSource.of(plain), out);
        } finally {
            Files.deleteIfExists(plain);
        }
        return recipe.digest();
    }

    private static GzipRecipe readRecipe(Path file) throws IOException {
        if (Files.size(file) > LARGEST_RECIPE) {
            throw new DrayException(DrayException.Kind.TOO_LARGE, "\"%s\" is larger than any recipe".formatted(file));
        }
        return GzipRecipe.parse(RawBytes.copyOf(Files.readAllBytes(file)));
    }

    private static Digest assemble(SplitFolder folder, OutputStream out, long limit) throws IOException {
        try (InputStream recipe = new BufferedInputStream(Files.newInputStream(folder.tarRecipe()), BUFFER)) {
            return TarAssembler.assemble(recipe, folder, out, limit).diffId();
        }
    }

    private static Digest copy(SplitFolder folder, OutputStream out) throws IOException {
        Digest expected;
        try (InputStream in = Files.newInputStream(folder.verbatimDigest())) {
            expected = Digest.parse(
                    RawBytes.copyOf(in.readNBytes(LARGEST_DIGEST)).toString().strip());
        }
        MessageDigest hasher = expected.algorithm().hasher();
        Files.copy(folder.verbatim(), new DigestOutputStream(out, hasher));
        Digest actual = Digest.of(expected.algorithm(), hasher.digest());
        if (!actual.equals(expected)) {
            throw new DrayException(
                    DrayException.Kind.CORRUPT,
                    "\"%s\" is damaged: it hashes to %s, not to %s".formatted(folder.verbatim(), actual, expected));
        }
        return expected;
    }
}
