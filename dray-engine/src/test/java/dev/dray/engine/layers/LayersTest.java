package dev.dray.engine.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dray.engine.archive.LayoutFixture;
import dev.dray.engine.archive.layout.OciLayout;
import dev.dray.engine.transfer.PlatformChoice;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.Tag;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ManifestSelector;
import dev.dray.model.image.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayersTest {
    @TempDir
    private Path folder = Path.of("");

    private final Layers layers = new Layers(2, LayersListener.SILENT);

    /// A tar of files, some of them equal, that compresses like text.
    private static byte[] tar() {
        Random random = new Random(7);
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        for (int i = 0; i < 40; i++) {
            byte[] header = new byte[512];
            byte[] size = "%011o".formatted(5000).getBytes(StandardCharsets.US_ASCII);
            header[0] = (byte) ('a' + i % 26);
            header[1] = (byte) ('a' + i / 26);
            System.arraycopy(size, 0, header, 124, size.length);
            header[156] = '0';
            Arrays.fill(header, 148, 156, (byte) ' ');
            int sum = 0;
            for (byte value : header) {
                sum += value & 0xff;
            }
            byte[] check = "%06o\0".formatted(sum).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(check, 0, header, 148, check.length);
            tar.writeBytes(header);
            byte[] content = new byte[5120];
            Random letters = new Random(i % 30 == 0 ? 1 : random.nextInt());
            for (int k = 0; k < 5000; k++) {
                content[k] = (byte) ('a' + Math.min(letters.nextInt(26), letters.nextInt(64)));
            }
            tar.writeBytes(content);
        }
        tar.writeBytes(new byte[1024]);
        return tar.toByteArray();
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(blob)) {
            out.write(plain);
        }
        return blob.toByteArray();
    }

    /// A gzip file that no encoder of the catalog makes: zlib with a flush in the middle of nowhere.
    private static byte[] strange(byte[] plain) throws IOException {
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(blob, 512, true) {
            {
                def.setStrategy(Deflater.FILTERED);
            }
        }) {
            out.write(plain, 0, 12_345);
            out.flush();
            out.write(plain, 12_345, plain.length - 12_345);
        }
        return blob.toByteArray();
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private LayerReport split(byte[] blob) throws IOException {
        return layers.split(file("blob", blob), folder.resolve("parts"));
    }

    private byte[] rebuilt() throws IOException {
        layers.rebuild(folder.resolve("parts"), folder.resolve("again"));
        return Files.readAllBytes(folder.resolve("again"));
    }

    private List<String> names(String path) throws IOException {
        try (Stream<Path> entries = Files.list(folder.resolve(path))) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aGzipLayerComesBackFromItsParts() throws Exception {
        byte[] blob = gzip(tar());
        LayerReport report = split(blob);
        assertThat(report.outcome()).isEqualTo(LayerOutcome.EXACT);
        assertThat(report.encoder().map(EncoderId::family)).contains("zlib");
        assertThat(report.digest()).isEqualTo(Digest.sha256(blob));
        assertThat(report.contentReferences()).isEqualTo(40);
        assertThat(names("parts")).containsExactly("contents", "layer.gzip-recipe", "layer.tar-recipe");
        assertThat(names("parts/contents")).hasSize(39).allMatch(name -> name.matches("[0-9a-f]{64}"));
        assertThat(rebuilt()).isEqualTo(blob);
    }

    @Test
    void aPlainTarNeedsNoGzipRecipe() throws Exception {
        byte[] tar = tar();
        assertThat(split(tar).outcome()).isEqualTo(LayerOutcome.EXACT);
        assertThat(names("parts")).containsExactly("contents", "layer.tar-recipe");
        assertThat(rebuilt()).isEqualTo(tar);
    }

    @Test
    void whatCannotBeRebuiltIsKeptAsItIs() throws Exception {
        byte[] blob = strange(tar());
        LayerReport report = split(blob);
        assertThat(report.outcome()).isEqualTo(LayerOutcome.VERBATIM);
        assertThat(report.reason()).isNotEmpty();
        assertThat(names("parts")).containsExactly("layer.blob", "layer.blob-digest");
        assertThat(rebuilt()).isEqualTo(blob);
    }

    @Test
    void brokenGzipAndZstdAreKeptAsTheyAre() throws Exception {
        byte[] whole = gzip(tar());
        for (byte[] blob : List.of(
                Arrays.copyOf(whole, whole.length / 2), new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 1, 2})) {
            Path parts = folder.resolve("parts" + blob.length);
            assertThat(layers.split(file("blob", blob), parts).outcome()).isEqualTo(LayerOutcome.VERBATIM);
            layers.rebuild(parts, folder.resolve("again"));
            assertThat(folder.resolve("again")).hasBinaryContent(blob);
        }
    }

    @Test
    void emptyFilesComeBack() throws Exception {
        split(new byte[0]);
        assertThat(rebuilt()).isEmpty();
    }

    @Test
    void aDamagedContentLeavesNothingBehind() throws Exception {
        split(gzip(tar()));
        Path content =
                folder.resolve("parts/contents").resolve(names("parts/contents").getFirst());
        byte[] bytes = Files.readAllBytes(content);
        bytes[100] ^= 1;
        Files.write(content, bytes);
        Files.writeString(folder.resolve("again"), "the file that was there");
        List<String> before = names("");
        assertThatExceptionOfType(DrayException.class)
                .isThrownBy(this::rebuilt)
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(DrayException.Kind.CORRUPT));
        assertThat(names("")).isEqualTo(before);
        assertThat(folder.resolve("again")).hasContent("the file that was there");
    }

    @Test
    void aMissingContentIsNamed() throws Exception {
        split(gzip(tar()));
        String name = names("parts/contents").getFirst();
        Files.delete(folder.resolve("parts/contents").resolve(name));
        assertThatExceptionOfType(DrayException.class).isThrownBy(this::rebuilt).withMessageContaining(name);
    }

    @Test
    void aDamagedVerbatimBlobIsRefused() throws Exception {
        split(strange(tar()));
        Path blob = folder.resolve("parts/layer.blob");
        byte[] bytes = Files.readAllBytes(blob);
        bytes[100] ^= 1;
        Files.write(blob, bytes);
        assertThatExceptionOfType(DrayException.class).isThrownBy(this::rebuilt).withMessageContaining("damaged");
        assertThat(folder.resolve("again")).doesNotExist();
    }

    @Test
    void aFolderWithThingsInItIsLeftAlone() throws Exception {
        Files.createDirectory(folder.resolve("parts"));
        Files.writeString(folder.resolve("parts/mine"), "mine");
        assertThatExceptionOfType(DrayException.class)
                .isThrownBy(() -> split(gzip(tar())))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(DrayException.Kind.CONFLICT));
        assertThat(names("parts")).containsExactly("mine");
    }

    @Test
    void aFolderThatHoldsNoLayerIsRefused() throws Exception {
        Files.createDirectory(folder.resolve("parts"));
        assertThatExceptionOfType(DrayException.class).isThrownBy(this::rebuilt).withMessageContaining("no layer");
    }

    @Test
    void censusWithoutProofSaysLikely() throws Exception {
        Path blob = file("blob", gzip(tar()));
        LayerReport report = layers.census(new LayerBlob.InFile("blob", blob), false);
        assertThat(report.outcome()).isEqualTo(LayerOutcome.LIKELY);
        assertThat(report.encoder().map(EncoderId::family)).contains("zlib");
        assertThat(report.tarRecipeBytes()).isPositive();
        assertThat(report.recipeBytes()).isZero();
        assertThat(names("")).containsExactly("blob");
    }

    @Test
    void censusOfALayoutTellsOfEachLayerOnce() throws Exception {
        LayoutFixture layout = new LayoutFixture(folder);
        Descriptor exact = layout.blob(MediaType.OCI_LAYER_GZIP, gzip(tar()));
        Descriptor plain = layout.blob(MediaType.OCI_LAYER, tar());
        layout.image(List.of(exact, plain, exact));
        List<LayerBlob> blobs = new ImageLayers("oci:x", OciLayout.open(folder), PlatformChoice.host())
                .add(ManifestSelector.of(new Tag("x")))
                .list();
        assertThat(blobs).hasSize(2);
        for (LayerBlob blob : blobs) {
            assertThat(layers.census(blob, true).outcome()).isEqualTo(LayerOutcome.EXACT);
        }
    }

    @Test
    void aLayerWithOtherBytesIsDamage() throws Exception {
        LayoutFixture layout = new LayoutFixture(folder);
        Descriptor layer = layout.blob(MediaType.OCI_LAYER, tar());
        layout.image(List.of(layer));
        byte[] bytes = Files.readAllBytes(layout.file(layer));
        bytes[1000] ^= 1;
        Files.write(layout.file(layer), bytes);
        LayerBlob blob =
                new LayerBlob.InImage("oci:x", layer, OciLayout.open(folder).blob(layer));
        assertThatExceptionOfType(DrayException.class)
                .isThrownBy(() -> layers.census(blob, true))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(DrayException.Kind.CORRUPT));
    }
}
