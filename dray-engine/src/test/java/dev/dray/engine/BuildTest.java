package dev.dray.engine;

import static dev.dray.engine.Failures.kind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.client.transfer.TransferListener;
import dev.dray.engine.copy.PushOptions;
import dev.dray.engine.intake.ImageSettings;
import dev.dray.engine.repository.StoredImage;
import dev.dray.layer.tar.TarWriter;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.Platform;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class BuildTest {
    private static final ImageSettings SETTINGS = new ImageSettings(
            Platform.parse("linux/amd64"), Instant.ofEpochSecond(1_700_000_000), List.of(), Optional.empty());

    @AutoClose
    private final EngineHost host = EngineHost.create();

    private static byte[] tar(int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(1).nextBytes(content);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarWriter writer = new TarWriter(out, Instant.EPOCH)) {
            writer.file("content", 0644, bytes, new ByteArrayInputStream(content));
        }
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private StoredImage build(String path, byte[] input) throws IOException {
        return host.engine.build(List.of(() -> new ByteArrayInputStream(input)), SETTINGS, host.name(path));
    }

    private byte[] layer(StoredImage image) throws IOException {
        Descriptor layer = image.manifest() instanceof dev.dray.model.image.Manifest.Image one
                ? one.layers().getFirst()
                : Descriptor.of(dev.dray.model.image.MediaType.OCI_LAYER, image.digest(), 0);
        return host.bytes(layer.digest());
    }

    @Test
    void plainTarIsCompressedAsPgzipDoes() throws IOException {
        byte[] tar = tar(3 << 20);

        byte[] blob = layer(build("a:1", tar));

        assertThat(HexFormat.of().formatHex(blob, 0, 10)).isEqualTo("1f8b080000096e8800ff");
        try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(blob))) {
            assertThat(plain.readAllBytes()).isEqualTo(tar);
        }
    }

    @Test
    void sameTarMakesTheSameImage() throws IOException {
        byte[] tar = tar(2 << 20);

        assertThat(build("a:1", tar).digest()).isEqualTo(build("b:1", tar).digest());
    }

    @Test
    void gzipIsKeptByteForByte() throws IOException {
        byte[] gzip = gzip(tar(50_000));

        StoredImage image = build("a:1", gzip);

        assertThat(layer(image)).isEqualTo(gzip);
        assertThat(host.verify().findings()).isEmpty();
    }

    @Test
    void gzipOfSeveralMembersIsOneTar() throws IOException {
        byte[] tar = tar(80_000);
        byte[] gzip = joined(gzip(Arrays.copyOf(tar, 40_000)), gzip(Arrays.copyOfRange(tar, 40_000, tar.length)));

        StoredImage image = build("a:1", gzip);

        assertThat(layer(image)).isEqualTo(gzip);
        assertThat(host.engine.describe(image).config().orElseThrow().diffIds()).containsExactly(Digest.sha256(tar));
        assertThat(host.verify().findings()).isEmpty();
    }

    @Test
    void builtImageIsPushedWithoutAsking() throws IOException {
        StoredImage image = build("team/base:1", tar(100_000));

        host.engine.push(List.of(host.name("team/base:1")), PushOptions.standard(), TransferListener.silent());

        assertThat(host.served("team/base:1")).isEqualTo(image.digest());
        assertThat(host.uploadsTo("team/base")).isEqualTo(2);
    }

    @Test
    void changesAreInTheConfig() throws IOException {
        ImageSettings settings = new ImageSettings(
                SETTINGS.platform(), SETTINGS.created(), List.of("CMD [\"/bin/sh\"]"), Optional.of("why"));

        StoredImage image =
                host.engine.build(List.of(() -> new ByteArrayInputStream(tar(10))), settings, host.name("a:1"));

        RawBytes config = host.engine.describe(image).config().orElseThrow().raw();
        assertThat(new String(config.toByteArray(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("\"Cmd\":[\"/bin/sh\"]", "\"comment\":\"why\"", "2023-11-14T22:13:20Z");
    }

    private void assertRefused(byte[] input, DrayException.Kind kind) {
        assertThatThrownBy(() -> build("a:1", input)).satisfies(kind(kind));
        assertThat(host.engine.images()).isEmpty();
        assertThat(host.images.resolve("staging")).isEmptyDirectory();
    }

    @Test
    void emptyInputIsRefused() {
        assertRefused(new byte[0], DrayException.Kind.INVALID);
    }

    @Test
    void textIsNoTar() {
        assertRefused(
                "no tar, but more than nothing".repeat(100).getBytes(java.nio.charset.StandardCharsets.UTF_8),
                DrayException.Kind.INVALID);
    }

    @Test
    void tarThatBreaksOffWithinABlockIsRefused() throws IOException {
        assertRefused(Arrays.copyOf(tar(50_000), 10_001), DrayException.Kind.INVALID);
    }

    @Test
    void tarThatBreaksOffBetweenBlocksOfAFileIsRefused() throws IOException {
        assertRefused(Arrays.copyOf(tar(50_000), 10 * 512), DrayException.Kind.INVALID);
    }

    @Test
    void gzipThatBreaksOffIsCorrupt() throws IOException {
        byte[] gzip = gzip(tar(50_000));

        assertRefused(Arrays.copyOf(gzip, gzip.length / 2), DrayException.Kind.CORRUPT);
        assertRefused(Arrays.copyOf(gzip, gzip.length - 1), DrayException.Kind.CORRUPT);
    }

    @Test
    void gzipWithAWrongChecksumIsCorrupt() throws IOException {
        byte[] gzip = gzip(tar(50_000));
        gzip[gzip.length - 8] ^= 1;

        assertRefused(gzip, DrayException.Kind.CORRUPT);
    }

    @Test
    void buildWhoseSecondLayerIsBrokenLeavesNothing() {
        assertThatThrownBy(() -> host.engine.build(
                        List.of(
                                () -> new ByteArrayInputStream(tar(50_000)),
                                () -> new ByteArrayInputStream(new byte[] {1, 2, 3})),
                        SETTINGS,
                        host.name("a:1")))
                .satisfies(kind(DrayException.Kind.INVALID));

        assertThat(host.engine.images()).isEmpty();
    }

    @Test
    void digestIsNoNameForWhatIsMade() {
        Digest some = Digest.sha256(new byte[0]);

        assertThatThrownBy(() -> build("a@" + some, tar(10))).satisfies(kind(DrayException.Kind.INVALID));
    }

    @Test
    void manifestIsWrittenByteForByteAsItAlwaysWas() throws IOException {
        StoredImage image = build("a:1", gzip(tar(1_000)));

        Manifest.Image manifest = (Manifest.Image) image.manifest();
        Descriptor config = manifest.config();
        Descriptor layer = manifest.layers().getFirst();
        assertThat(manifest.raw())
                .hasToString("""
                    {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
                    "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%d},\
                    "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"%s","size":%d}]}\
                    """.formatted(config.digest(), config.size(), layer.digest(), layer.size()));
    }
}
