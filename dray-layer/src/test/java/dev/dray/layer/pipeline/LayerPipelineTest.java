package dev.dray.layer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.layer.recipe.BlobRecipe;
import dev.dray.layer.recipe.Blobs;
import dev.dray.layer.recipe.GzipRecipe;
import dev.dray.layer.recipe.PlainRecipe;
import dev.dray.layer.tar.ContentSink;
import dev.dray.layer.tar.MemoryContents;
import dev.dray.layer.tar.TarAssembler;
import dev.dray.layer.tar.TarBytes;
import dev.dray.layer.tar.recipe.TarSummary;
import dev.dray.model.ByteSource;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class LayerPipelineTest {
    private static final byte[] TAR = new TarBytes()
            .file("first", TarBytes.noise(3_000, 1))
            .file("second", TarBytes.noise(90_000, 2))
            .end()
            .bytes();
    private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0, 0, 0};

    private final LayerPipeline pipeline = new LayerPipeline(Blobs.CATALOG, 2);

    private static BlobReading<TarSummary> split(byte[] blob, ContentSink contents, OutputStream recipe)
            throws IOException {
        return LayerPipeline.split(new ByteArrayInputStream(blob), contents, recipe);
    }

    private static BlobReading<Digest> scan(byte[] blob) throws IOException {
        return LayerPipeline.scan(new ByteArrayInputStream(blob));
    }

    private byte[] rebuilt(BlobRecipe recipe, byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        pipeline.rebuild(BlobRecipe.parse(recipe.toBytes()), ByteSource.of(plain), out);
        return out.toByteArray();
    }

    private static BlobRecipe exact(BlobProof proof) {
        assertThat(proof).isInstanceOf(BlobProof.Exact.class);
        return ((BlobProof.Exact) proof).recipe();
    }

    @Test
    void gzipIsSplitProvenFromItsPartsAndRebuilt() throws IOException {
        byte[] blob = Blobs.go(TAR, 6);
        MemoryContents contents = new MemoryContents();
        ByteArrayOutputStream tarRecipe = new ByteArrayOutputStream();
        var reading = (BlobReading.Plain<TarSummary>) split(blob, contents, tarRecipe);

        assertThat(contents.all()).hasSize(2);
        assertThat(reading.plain().diffId()).isEqualTo(Digest.sha256(TAR));
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        TarAssembler.assemble(new ByteArrayInputStream(tarRecipe.toByteArray()), contents, plain, TAR.length);
        BlobRecipe recipe =
                exact(pipeline.prove(reading.gzip(), ByteSource.of(blob), ByteSource.of(plain.toByteArray())));
        assertThat(recipe).isInstanceOf(GzipRecipe.class);
        assertThat(recipe.digest()).isEqualTo(Digest.sha256(blob));
        assertThat(rebuilt(recipe, plain.toByteArray())).isEqualTo(blob);
    }

    @Test
    void plainTarIsItsOwnLayerAndRebuiltInRanges() throws IOException {
        var reading = (BlobReading.Plain<Digest>) scan(TAR);

        assertThat(reading.gzip()).isEmpty();
        assertThat(reading.plain()).isEqualTo(Digest.sha256(TAR));
        BlobRecipe recipe = exact(pipeline.prove(Optional.empty(), ByteSource.of(TAR), ByteSource.of(TAR)));
        assertThat(recipe).isInstanceOf(PlainRecipe.class);
        assertThat(recipe.encoderName()).isEqualTo("plain");
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        pipeline.rebuild(recipe, ByteSource.of(TAR), 1_000, 70_000, part);
        assertThat(part.toByteArray()).isEqualTo(Arrays.copyOfRange(TAR, 1_000, 71_000));
    }

    @Test
    void scanOfGzipHashesThePlainBytes() throws IOException {
        var reading = (BlobReading.Plain<Digest>) scan(Blobs.go(TAR, 1));

        assertThat(reading.gzip()).isPresent();
        assertThat(reading.plain()).isEqualTo(Digest.sha256(TAR));
    }

    @Test
    void zstdIsRefused() throws IOException {
        assertThat(scan(ZSTD))
                .asInstanceOf(InstanceOfAssertFactories.type(BlobReading.Refused.class))
                .satisfies(refused -> assertThat(refused.reason()).contains("zstd"));
    }

    @Test
    void brokenGzipIsRefusedAndNoFailure() throws IOException {
        byte[] blob = Blobs.go(TAR, 6);
        byte[] broken = Arrays.copyOf(blob, blob.length / 2);

        assertThat(split(broken, ContentSink.NONE, OutputStream.nullOutputStream()))
                .isInstanceOf(BlobReading.Refused.class);
    }

    @Test
    void failureOfTheSinkIsNotTakenForDamageOfTheBlob() throws IOException {
        DrayException full = new DrayException(DrayException.Kind.CORRUPT, "the disk is broken");
        ContentSink failing = new ContentSink() {
            @Override
            public void begin() {
                throw full;
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {}

            @Override
            public void end(Digest digest, long size) {}
        };

        for (byte[] blob : new byte[][] {Blobs.go(TAR, 6), TAR}) {
            assertThatThrownBy(() -> split(blob, failing, OutputStream.nullOutputStream()))
                    .isSameAs(full);
        }
    }

    @Test
    void recipeFromElsewhereIsProvenAgainstThePlainBytes() throws IOException {
        byte[] blob = Blobs.go(TAR, 6);
        var reading = (BlobReading.Plain<Digest>) scan(blob);
        BlobRecipe recipe = exact(pipeline.prove(reading.gzip(), ByteSource.of(blob), ByteSource.of(TAR)));

        pipeline.prove(recipe, ByteSource.of(TAR));

        byte[] other = TAR.clone();
        other[2_000] ^= 1;
        assertThatThrownBy(() -> pipeline.prove(recipe, ByteSource.of(other)))
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.CORRUPT));
    }
}
