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
import dev.dray.seeds.Seeds;
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
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// This machine's own files, in layers that real tools make: split, proved, and made again from what was stored. A GiB
/// of them where the tag `large` is asked for, else a share from another place each time; `-Ddray.seed=N` repeats it.
class RealLayersTest {
    private static final Extent SHARE = new Extent(12 << 20, 4 << 20);
    private static final Extent LARGE = new Extent((1L << 30) / LayerMaker.ALL.size() + 1, 64 << 20);
    private static final long PLACES = 128L << 20;

    private static final Path FILES = Path.of("/usr");

    @TempDir
    Path folder;

    /// How much of the files a layer has.
    ///
    /// @param size in bytes, at least
    /// @param longest file that is taken; it lies in one layer where its bytes would belong to two
    private record Extent(long size, long longest) {
        long enough() {
            return size + longest;
        }
    }

    static List<LayerMaker> makers() {
        return LayerMaker.ALL;
    }

    @ParameterizedTest
    @MethodSource("makers")
    void layerComesBackFromItsContentsAndRecipes(LayerMaker maker) throws IOException, InterruptedException {
        long seed = Seeds.of(RealLayersTest.class) + LayerMaker.ALL.indexOf(maker);
        assertComesBack(maker, new Random(seed).nextLong(PLACES), SHARE);
    }

    @Tag("large")
    @ParameterizedTest
    @MethodSource("makers")
    void largeLayerComesBackFromItsContentsAndRecipes(LayerMaker maker) throws IOException, InterruptedException {
        assertComesBack(maker, LayerMaker.ALL.indexOf(maker) * LARGE.enough(), LARGE);
    }

    private void assertComesBack(LayerMaker maker, long start, Extent extent) throws IOException, InterruptedException {
        maker.require();
        Path blob = folder.resolve("blob");
        maker.compress(tar(start, extent), blob);
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
        assertThat(summary.size()).isGreaterThanOrEqualTo(extent.size());
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

    /// An archive of the files from a place on.
    private Path tar(long start, Extent extent) throws IOException, InterruptedException {
        Path names = folder.resolve("names");
        Files.write(names, names(start, extent).getBytes(UTF_8));
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

    private static String names(long start, Extent extent) throws IOException {
        StringBuilder names = new StringBuilder();
        Set<Object> known = new HashSet<>();
        long end = start + extent.enough();
        long[] seen = new long[1];
        Files.walkFileTree(FILES, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                boolean linked = attributes.fileKey() != null && !known.add(attributes.fileKey());
                boolean fits = attributes.isRegularFile() && attributes.size() <= extent.longest();
                if (fits && !linked && Files.isReadable(file)) {
                    if (seen[0] >= start) {
                        names.append(file.toString().substring(1)).append('\0');
                    }
                    seen[0] += attributes.size();
                }
                return seen[0] >= end ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE;
            }
        });
        assumeTrue(seen[0] >= end, () -> "\"%s\" holds less than %d MiB of files".formatted(FILES, end >> 20));
        return names.toString();
    }
}
