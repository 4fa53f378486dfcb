package dev.dray.engine;

import static dev.dray.engine.Failures.kind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.client.transfer.TransferListener;
import dev.dray.engine.archive.ArchiveInput;
import dev.dray.engine.archive.ArchiveName;
import dev.dray.engine.archive.ArchiveWriter;
import dev.dray.engine.archive.layout.ImageWriter;
import dev.dray.engine.archive.layout.LayoutWriter;
import dev.dray.engine.copy.LoadedImage;
import dev.dray.engine.copy.PullOptions;
import dev.dray.engine.policy.StorageForm;
import dev.dray.engine.transfer.CopyOptions;
import dev.dray.engine.transfer.PlatformChoice;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.Reference;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import dev.dray.testkit.RandomImage;
import dev.dray.testkit.TarBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadTest {
    private static final CopyOptions ALL = new CopyOptions(new PlatformChoice.All(), true);

    @AutoClose
    private final EngineHost host = EngineHost.create();

    @TempDir
    private Path folder = Path.of("");

    private static byte[] layer(String text) {
        return new TarBytes().file("etc/motd", text).toByteArray();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] gunzip(byte[] bytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }

    private static String config(String name, Digest... diffIds) {
        return Json.write(JsonValue.object()
                        .put("os", "linux")
                        .put("architecture", "amd64")
                        .put("author", name)
                        .put(
                                "rootfs",
                                JsonValue.object()
                                        .put(
                                                "diff_ids",
                                                JsonValue.strings(Arrays.stream(diffIds)
                                                        .map(Digest::toString)
                                                        .toList()))
                                        .build())
                        .build())
                .toString();
    }

    /// A docker-archive of one image.
    private Path archive(String name, byte[]... layers) throws IOException {
        TarBytes tar = new TarBytes();
        for (int i = 0; i < layers.length; i++) {
            tar.file(i + "/layer.tar", layers[i]);
        }
        tar.file(
                "c.json", config(name, Arrays.stream(layers).map(Digest::sha256).toArray(Digest[]::new)));
        List<String> files = IntStream.range(0, layers.length)
                .mapToObj(i -> i + "/layer.tar")
                .toList();
        return tar.manifest("c.json", files, List.of(name)).write(folder.resolve("docker.tar"));
    }

    private List<LoadedImage> load(Path file) throws IOException {
        return host.engine.load(new ArchiveInput.File(file), TransferListener.silent());
    }

    private Manifest.Image manifest(String name) {
        return (Manifest.Image) host.engine.image(name).manifest();
    }

    @Test
    void imageOfADockerArchiveHasItsNameItsIdAndItsLayers() throws IOException {
        byte[] layer = layer("hello");

        List<LoadedImage> loaded = load(archive("team/app:1", layer));

        assertThat(loaded.getFirst().name()).contains(Reference.parse("team/app:1"));
        assertThat(loaded.getFirst().id())
                .isEqualTo(
                        Digest.sha256(config("team/app:1", Digest.sha256(layer)).getBytes(StandardCharsets.UTF_8)));
        assertThat(host.verify().findings()).isEmpty();
        assertThat(host.verify().layers()).isEqualTo(1);
    }

    @Test
    void sameArchiveMakesTheSameDigestsOnEveryHost() throws IOException {
        Path archive = archive("team/app:1", layer("one"), layer("two"));
        Digest here = load(archive).getFirst().digest();

        try (EngineHost other = EngineHost.create()) {
            assertThat(other.engine
                            .load(new ArchiveInput.File(archive), TransferListener.silent())
                            .getFirst()
                            .digest())
                    .isEqualTo(here);
        }
    }

    @Test
    void layerThatTheStoreHasKeepsTheDigestThatTheWorldKnows() throws IOException {
        RandomImage pulled = RandomImage.of(1, 1, 20_000);
        host.serve(pulled, "base/app:1");
        host.pull("base/app:1");
        Digest known = pulled.manifest().layers().getFirst().digest();
        byte[] tar = gunzip(pulled.blob(known).toByteArray());

        LoadedImage loaded = load(archive("team/app:1", tar, layer("mine"))).getFirst();

        assertThat(manifest("team/app:1").layers().getFirst().digest()).isEqualTo(known);
        assertThat(loaded.fetched()).as("a layer and the config").isEqualTo(2);
        assertThat(host.verify().findings()).isEmpty();
    }

    @Test
    void layerThatIsARecipeIsNeitherMadeAgainNorUnpacked() throws IOException {
        RandomImage pulled = RandomImage.of(1, 1, 50_000);
        host.serve(pulled, "base/app:1");
        host.pull("base/app:1");
        Digest known = pulled.manifest().layers().getFirst().digest();
        byte[] tar = gunzip(pulled.blob(known).toByteArray());
        host.withoutPacks(() -> load(archive("team/app:1", tar)));

        assertThat(manifest("team/app:1").layers().getFirst().digest()).isEqualTo(known);
        assertThat(host.verify().findings()).isEmpty();
    }

    @Test
    void layerThatWasNeverProvenIsUnpackedAndHashed() throws IOException {
        RandomImage pulled = RandomImage.of(1, 1, 50_000);
        host.keeping(StorageForm.BLOB).serve(pulled, "base/app:1");
        host.pull("base/app:1");
        Digest known = pulled.manifest().layers().getFirst().digest();
        byte[] tar = gunzip(pulled.blob(known).toByteArray());
        EngineHost.damage(host.images, known);

        load(archive("team/app:1", tar));

        assertThat(manifest("team/app:1").layers().getFirst().digest()).isNotEqualTo(known);
    }

    @Test
    void whatAConfigClaimsOfABlobIsNotBelieved() throws IOException {
        byte[] wanted = layer("wanted");
        byte[] other = layer("other");
        Path liar = new TarBytes()
                .file("l", gzip(other))
                .file("c.json", config("liar", Digest.sha256(other)))
                .manifest("c.json", List.of("l"), List.of("liar:1"))
                .write(folder.resolve("liar.tar"));
        load(liar);
        // an image in the store whose config says that the blob of `other` is the tar `wanted`
        Manifest.Image honest = manifest("liar:1");
        RandomImage lying =
                RandomImage.of(List.of(new RandomImage.Layer(RawBytes.copyOf(gzip(other)), Digest.sha256(wanted))), 1);
        host.serve(lying, "evil/app:1");
        host.pull("evil/app:1");

        load(archive("team/app:1", wanted));

        assertThat(manifest("team/app:1").layers().getFirst().digest())
                .isNotEqualTo(honest.layers().getFirst().digest());
        assertThat(host.engine
                        .verify(List.of(host.engine.image("team/app:1")), TransferListener.silent())
                        .findings())
                .isEmpty();
    }

    @Test
    void compressedLayerOfAnArchiveStaysAsItIs() throws IOException {
        byte[] tar = layer("hello");
        byte[] packed = gzip(tar);
        load(new TarBytes()
                .file("l", packed)
                .file("c.json", config("a", Digest.sha256(tar)))
                .manifest("c.json", List.of("l"), List.of("team/app:1"))
                .write(folder.resolve("a.tar")));

        assertThat(manifest("team/app:1").layers().getFirst().digest()).isEqualTo(Digest.sha256(packed));
        assertThat(host.verify().findings()).isEmpty();
    }

    @Test
    void emptyLayerIsALayer() throws IOException {
        load(archive("team/app:1", new byte[1024], layer("x")));

        assertThat(host.verify().layers()).isEqualTo(2);
        assertThat(host.verify().findings()).isEmpty();
    }

    @Test
    void layerThatIsNotWhatItsConfigSaysIsCorruptAndNothingIsKept() throws IOException {
        Path bad = new TarBytes()
                .file("l", layer("other"))
                .file("c.json", config("a", Digest.sha256(layer("wanted"))))
                .manifest("c.json", List.of("l"), List.of("team/app:1"))
                .write(folder.resolve("bad.tar"));

        assertThatThrownBy(() -> load(bad)).satisfies(kind(DrayException.Kind.CORRUPT));

        assertThat(host.engine.images()).isEmpty();
        try (var staged = Files.list(host.images.resolve("staging"))) {
            assertThat(staged).isEmpty();
        }
    }

    @Test
    void secondLoadTakesNothing() throws IOException {
        Path archive = archive("team/app:1", layer("one"));
        load(archive);

        LoadedImage again = load(archive).getFirst();

        assertThat(again.fetched()).isZero();
        assertThat(again.changed()).isFalse();
    }

    @Test
    void imageWithoutANameIsFoundByItsId() throws IOException {
        byte[] tar = layer("x");
        LoadedImage loaded = load(new TarBytes()
                        .file("l", tar)
                        .file("c.json", config("a", Digest.sha256(tar)))
                        .manifest("c.json", List.of("l"), List.of())
                        .write(folder.resolve("a.tar")))
                .getFirst();

        assertThat(loaded.name()).isEmpty();
        assertThat(host.engine.image(loaded.id().shortHex()).digest()).isEqualTo(loaded.digest());
    }

    @Test
    void savedImagesAreLoadedWithTheSameDigestsAndNames() throws IOException {
        TestIndex index = TestIndex.of(Map.of("linux/amd64", RandomImage.of(2, 2, 20_000)));
        host.serve(index, "team/app:1");
        host.serve(RandomImage.of(3, 1, 20_000), "team/other:2");
        host.engine.pull(host.name("team/app:1"), PullOptions.of(new PlatformChoice.All()), TransferListener.silent());
        host.pull("team/other:2");
        List<String> names = List.of(
                host.name("team/app:1").toString(), host.name("team/other:2").toString());
        try (ImageWriter tar = ArchiveWriter.create(folder.resolve("a.tar"), ArchiveName.Kind.DOCKER);
                ImageWriter layout = LayoutWriter.open(folder.resolve("layout"))) {
            host.engine.save(names, ALL, tar, TransferListener.silent());
            host.engine.save(names, ALL, layout, TransferListener.silent());
        }

        for (String saved : List.of("a.tar", "layout")) {
            try (EngineHost other = EngineHost.create()) {
                other.engine.load(new ArchiveInput.File(folder.resolve(saved)), TransferListener.silent());

                for (String name : names) {
                    assertThat(other.engine.image(name).digest())
                            .isEqualTo(host.engine.image(name).digest());
                }
                assertThat(other.verify().findings()).isEmpty();
            }
        }
    }

    @Test
    void savingTwiceMakesTheSameBytes() throws IOException {
        host.serve(RandomImage.of(4, 3, 20_000), "team/app:1");
        host.pull("team/app:1");
        for (String file : List.of("one.tar", "two.tar")) {
            try (ImageWriter shelf = ArchiveWriter.create(folder.resolve(file), ArchiveName.Kind.DOCKER)) {
                host.engine.save(List.of(host.name("team/app:1").toString()), ALL, shelf, TransferListener.silent());
            }
        }

        assertThat(folder.resolve("one.tar")).hasSameBinaryContentAs(folder.resolve("two.tar"));
    }

    @Test
    void archiveThatIsNotFinishedLeavesTheOneThatWasThere() throws IOException {
        Path file = Files.writeString(folder.resolve("a.tar"), "before");

        assertThatThrownBy(() -> {
                    try (ImageWriter shelf = ArchiveWriter.create(file, ArchiveName.Kind.DOCKER)) {
                        host.engine.save(List.of("absent"), ALL, shelf, TransferListener.silent());
                    }
                })
                .satisfies(kind(DrayException.Kind.NOT_FOUND));

        assertThat(file).hasContent("before");
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void manifestIsWrittenByteForByteAsItAlwaysWas() throws IOException {
        load(archive("team/app:1", layer("hello")));

        Manifest.Image manifest = manifest("team/app:1");
        Descriptor config = manifest.config();
        Descriptor layer = manifest.layers().getFirst();
        assertThat(manifest.raw())
                .hasToString("""
                    {"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json",\
                    "config":{"mediaType":"application/vnd.docker.container.image.v1+json","digest":"%s","size":%d},\
                    "layers":[{"mediaType":"application/vnd.docker.image.rootfs.diff.tar.gzip","digest":"%s","size":%d}]}\
                    """.formatted(config.digest(), config.size(), layer.digest(), layer.size()));
    }
}
