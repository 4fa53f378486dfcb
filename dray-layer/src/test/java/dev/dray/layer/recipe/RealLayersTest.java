package dev.dray.layer.recipe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dray.layer.deflate.InflateLimits;
import dev.dray.layer.encoders.EncoderCatalog;
import dev.dray.layer.prove.GzipProver;
import dev.dray.layer.prove.GzipScan;
import dev.dray.layer.prove.ProofOutcome;
import dev.dray.layer.rebuild.BlobRebuilder;
import dev.dray.layer.tar.TarReader;
import dev.dray.layer.tar.TarSplitter;
import dev.dray.layer.tar.recipe.TarSummary;
import dev.dray.model.ByteSource;
import dev.dray.model.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A GiB of this machine's own files, in layers that real tools make: split, proved, and made again from what was
/// stored.
class RealLayersTest {
    private static final long SIZE = (1L << 30) / LayerMaker.ALL.size() + 1;
    /// What one file counts at most; it lies in one layer where its bytes would belong to two.
    private static final long MARGIN = 64 << 20;

    private static final long ENOUGH = SIZE + MARGIN;

    private static final Path FILES = Path.of("/usr");

    @TempDir
    Path folder;

    static List<LayerMaker> makers() {
        return LayerMaker.ALL;
    }

    @ParameterizedTest
    @MethodSource("makers")
    void aLayerComesBackFromItsContentsAndRecipes(LayerMaker maker) throws IOException, InterruptedException {
        maker.require();
        Path blob = folder.resolve("blob");
        maker.compress(tar(LayerMaker.ALL.indexOf(maker)), blob);
        Digest expected = digest(blob);
        ByteArrayOutputStream tarRecipe = new ByteArrayOutputStream();
        FileContents contents = new FileContents(folder.resolve("contents"));
        GzipScan scan;
        TarSummary summary;
        try (contents;
                InputStream in = Files.newInputStream(blob);
                TarSplitter splitter = new TarSplitter(contents, tarRecipe)) {
            scan = GzipScan.read(in, splitter, InflateLimits.standard());
            summary = splitter.finish();
        }
        assertThat(summary.size()).isGreaterThanOrEqualTo(SIZE);
        assertThat(summary.references()).isPositive();

        ByteSource plain = plain(tarRecipe.toByteArray(), contents, summary.size());
        ProofOutcome outcome = new GzipProver(EncoderCatalog.standard(), 2).prove(scan, ByteSource.of(blob), plain);
        assertThat(outcome).isInstanceOf(ProofOutcome.Exact.class);
        Files.delete(blob);
        BlobRecipe recipe =
                BlobRecipe.parse(((ProofOutcome.Exact) outcome).recipe().toBytes());
        MessageDigest hasher = Digest.Algorithm.SHA256.hasher();
        new BlobRebuilder(EncoderCatalog.standard(), 2)
                .rebuild(recipe, plain, new DigestOutputStream(OutputStream.nullOutputStream(), hasher));
        assertThat(Digest.of(Digest.Algorithm.SHA256, hasher.digest())).isEqualTo(expected);
    }

    private static ByteSource plain(byte[] tarRecipe, FileContents contents, long size) {
        return new ByteSource() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public InputStream open(long offset) throws IOException {
                TarReader reader = new TarReader(new ByteArrayInputStream(tarRecipe), contents, size);
                reader.skipNBytes(offset);
                return reader;
            }
        };
    }

    private static Digest digest(Path file) throws IOException {
        MessageDigest hasher = Digest.Algorithm.SHA256.hasher();
        Files.copy(file, new DigestOutputStream(OutputStream.nullOutputStream(), hasher));
        return Digest.of(Digest.Algorithm.SHA256, hasher.digest());
    }

    /// An archive of files that no layer before it has.
    private Path tar(int layer) throws IOException, InterruptedException {
        Path names = folder.resolve("names");
        Files.write(names, names(layer).getBytes(UTF_8));
        Path tar = folder.resolve("tar");
        LayerMaker.run(new ProcessBuilder(
                "tar",
                "--create",
                "--file",
                tar.toString(),
                "--directory=/",
                "--null",
                "--files-from",
                names.toString()));
        return tar;
    }

    private static String names(int layer) throws IOException {
        StringBuilder names = new StringBuilder();
        Set<Object> known = new HashSet<>();
        long start = layer * ENOUGH;
        long end = start + ENOUGH;
        long[] seen = new long[1];
        Files.walkFileTree(FILES, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                boolean linked = attributes.fileKey() != null && !known.add(attributes.fileKey());
                if (attributes.isRegularFile() && !linked && Files.isReadable(file)) {
                    if (seen[0] >= start) {
                        names.append(file.toString().substring(1)).append('\0');
                    }
                    seen[0] += Math.min(attributes.size(), MARGIN);
                }
                return seen[0] >= end ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE;
            }
        });
        assumeTrue(seen[0] >= end, () -> "\"%s\" holds less than a GiB of files".formatted(FILES));
        return names.toString();
    }
}
