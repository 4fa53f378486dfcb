package dev.dray.engine.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonLimits;
import dev.dray.model.json.JsonValue;
import dev.dray.testkit.TarBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageArchiveTest {
    private static final byte[] LAYER = new TarBytes().file("etc/motd", "hello").toByteArray();

    @TempDir
    private Path folder = Path.of("");

    private static String config(byte[]... layers) {
        return Json.write(JsonValue.object()
                        .put("os", "linux")
                        .put("architecture", "amd64")
                        .put(
                                "rootfs",
                                JsonValue.object()
                                        .put(
                                                "diff_ids",
                                                JsonValue.strings(Arrays.stream(layers)
                                                        .map(layer -> Digest.sha256(layer)
                                                                .toString())
                                                        .toList()))
                                        .build())
                        .build())
                .toString();
    }

    private static TarBytes archive(String... names) {
        return new TarBytes()
                .file("config.json", config(LAYER))
                .file("layer.tar", LAYER)
                .manifest("config.json", List.of("layer.tar"), List.of(names));
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private ImageArchive open(byte[] bytes) throws IOException {
        return ImageArchive.open(Files.write(folder.resolve("a.tar"), bytes), folder);
    }

    private void assertRefused(DrayException.Kind kind, String words, byte[] bytes) {
        assertThatExceptionOfType(DrayException.class)
                .isThrownBy(() -> open(bytes).close())
                .withMessageContaining(words)
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(kind));
    }

    @Test
    void anImageOfADockerArchiveIsItsConfigItsLayersAndItsNames() throws IOException {
        try (ImageArchive archive = open(archive("app:1", "other/app:2").toByteArray())) {
            ArchivedImage.Plain image = (ArchivedImage.Plain) archive.image(Optional.empty());

            assertThat(image.names()).containsExactly(Reference.parse("app:1"), Reference.parse("other/app:2"));
            assertThat(image.config().toString()).isEqualTo(config(LAYER));
            Content layer = image.layers().getFirst();
            assertThat(layer.digest()).isEqualTo(Digest.sha256(LAYER));
            assertThat(layer.open(0).readAllBytes()).isEqualTo(LAYER);
        }
    }

    @Test
    void anImageIsFoundByAnyOfItsNames() throws IOException {
        try (ImageArchive archive = open(archive("app:1", "app:2").toByteArray())) {
            assertThat(archive.image(Optional.of("docker.io/library/app:2")).names())
                    .hasSize(2);
            assertThatExceptionOfType(DrayException.class)
                    .isThrownBy(() -> archive.image(Optional.of("app:3")))
                    .withMessageContaining("has no image \"app:3\"")
                    .satisfies(refusal -> assertThat(refusal.advice()).contains("it has app:1"));
        }
    }

    @Test
    void aGzipArchiveAndAStreamAreKeptWithoutAName() throws IOException {
        byte[] packed = gzip(archive("app:1").toByteArray());

        try (ImageArchive file = open(packed);
                ImageArchive stream = ImageArchive.read(new ByteArrayInputStream(packed), "standard input", folder);
                var left = Files.list(folder)) {
            assertThat(file.names()).isEqualTo(stream.names());
            assertThat(left).containsExactly(folder.resolve("a.tar"));
        }
    }

    @Test
    void damagedAndForeignPackingIsRefused() throws IOException {
        byte[] packed = gzip(archive("app:1").toByteArray());
        byte[] damaged = packed.clone();
        damaged[packed.length - 6] ^= 1;

        assertRefused(DrayException.Kind.CORRUPT, "checksum", damaged);
        assertRefused(DrayException.Kind.CORRUPT, "broken off", Arrays.copyOf(packed, packed.length - 4));
        assertRefused(DrayException.Kind.UNSUPPORTED, "packed with zstd", new byte[] {
            0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0
        });
        assertRefused(DrayException.Kind.UNSUPPORTED, "packed with bzip2", "BZh91AY".getBytes(StandardCharsets.UTF_8));
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(folder.resolve("a.tar"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[1]",
                "[{}]",
                "[{\"Config\":\"absent\",\"Layers\":[]}]",
                "[{\"Config\":\"config.json\",\"Layers\":[]}]",
                "[{\"Config\":\"config.json\",\"Layers\":[7]}]",
                "[{\"Config\":\"config.json\",\"Layers\":[\"../../etc/passwd\"]}]",
                "[{\"Config\":\"config.json\",\"Layers\":[\"layer.tar\"],\"RepoTags\":[\"No/Name\"]}]",
                "[{\"Config\":\"layer.tar\",\"Layers\":[]}]",
                "[{\"Config\":\"config.json\",\"Config\":\"other.json\",\"Layers\":[]}]",
                "[",
                ""
            })
    void aListThatIsNoneIsRefused(String list) {
        byte[] tar = new TarBytes()
                .file("config.json", config(LAYER))
                .file("layer.tar", LAYER)
                .file("manifest.json", list)
                .toByteArray();

        assertThatExceptionOfType(DrayException.class)
                .isThrownBy(() -> open(tar).close())
                .satisfies(refusal -> assertThat(refusal.getMessage().lines()).hasSize(1));
    }

    @Test
    void hugeDocumentsAreTooLarge() {
        String blanks = " ".repeat(JsonLimits.DOCUMENT.bytes() + 1);

        assertRefused(
                DrayException.Kind.TOO_LARGE,
                "manifest.json",
                new TarBytes().file("manifest.json", blanks).toByteArray());
        assertRefused(
                DrayException.Kind.TOO_LARGE,
                "config.json",
                new TarBytes()
                        .file("config.json", blanks)
                        .manifest("config.json", List.of(), List.of())
                        .toByteArray());
    }

    @Test
    void whatHoldsNoImagesSaysWhatItIs() {
        assertRefused(DrayException.Kind.INVALID, "no archive of images", LAYER);
        assertRefused(
                DrayException.Kind.UNSUPPORTED,
                "before 1.10",
                new TarBytes().file("repositories", "{}").toByteArray());
    }

    @Test
    void anImageThatIsListedTwiceIsOneWithAllItsNames() throws IOException {
        JsonValue.JsonObject first = JsonValue.object()
                .put("Config", "config.json")
                .put("RepoTags", JsonValue.strings(List.of("app:1")))
                .put("Layers", JsonValue.strings(List.of("layer.tar")))
                .build();
        JsonValue.JsonObject second = first.with("RepoTags", JsonValue.strings(List.of("app:2")));
        byte[] tar = new TarBytes()
                .file("config.json", config(LAYER))
                .file("layer.tar", LAYER)
                .file(
                        "manifest.json",
                        Json.write(JsonValue.array(List.of(first, second))).toByteArray())
                .toByteArray();

        try (ImageArchive archive = open(tar)) {
            assertThat(archive.images()).hasSize(1);
            assertThat(archive.names()).containsExactly(Reference.parse("app:1"), Reference.parse("app:2"));
        }
    }

    @Test
    void aFolderThatIsNoFileIsRefusedUnlessItIsALayout() {
        assertThatExceptionOfType(DrayException.class)
                .isThrownBy(() -> ImageArchive.open(folder, folder).close())
                .withMessageContaining("no archive of images");
        assertThatExceptionOfType(DrayException.class)
                .isThrownBy(
                        () -> ImageArchive.open(Path.of("/dev/null"), folder).close())
                .withMessageContaining("not a file");
    }
}
