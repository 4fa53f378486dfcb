package dev.dray.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.client.transfer.TransferListener;
import dev.dray.engine.archive.ArchiveInput;
import dev.dray.engine.copy.LoadedImage;
import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.Reference;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.MediaType;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import dev.dray.testkit.TarBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Archives as Docker writes them since version 25: an OCI layout with a `manifest.json` beside its `index.json`.
class DockerLayoutTest {
    private static final String NAME = "docker.io/team/app:1";
    private static final byte[] TAR = new TarBytes().file("etc/motd", "hello").toByteArray();

    @AutoClose
    private final EngineHost host = EngineHost.create();

    @TempDir
    private Path folder = Path.of("");

    private final RawBytes config = Json.write(JsonValue.object()
            .put("os", "linux")
            .put("architecture", "amd64")
            .put(
                    "rootfs",
                    JsonValue.object()
                            .put(
                                    "diff_ids",
                                    JsonValue.strings(List.of(Digest.sha256(TAR).toString())))
                            .build())
            .build());

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static String path(Digest digest) {
        return "blobs/sha256/" + digest.hex();
    }

    private RawBytes manifest(JsonValue... layers) {
        return Json.write(JsonValue.object()
                .put("schemaVersion", 2)
                .put("mediaType", MediaType.OCI_MANIFEST.value())
                .put(
                        "config",
                        Descriptor.of(MediaType.OCI_CONFIG, config.sha256(), config.size())
                                .toJson())
                .put("layers", JsonValue.array(List.of(layers)))
                .build());
    }

    private static Descriptor layer(MediaType type, byte[] blob) {
        return Descriptor.of(type, Digest.sha256(blob), blob.length);
    }

    private static JsonValue index(RawBytes manifest) {
        return JsonValue.array(List.of(JsonValue.object()
                .put("mediaType", MediaType.OCI_MANIFEST.value())
                .put("digest", manifest.sha256().toString())
                .put("size", manifest.size())
                .put(
                        "annotations",
                        JsonValue.object()
                                .put("io.containerd.image.name", NAME)
                                .put("org.opencontainers.image.ref.name", "1")
                                .build())
                .build()));
    }

    /// @param manifests of `index.json`
    /// @param sources whether `manifest.json` says that the layer's file is the layer's blob
    private LoadedImage load(RawBytes manifest, JsonValue manifests, byte[] blob, boolean sources) throws IOException {
        JsonValue.ObjectBuilder entry = JsonValue.object()
                .put("Config", path(config.sha256()))
                .put("RepoTags", JsonValue.strings(List.of("team/app:1")))
                .put("Layers", JsonValue.strings(List.of(path(Digest.sha256(blob)))));
        if (sources) {
            entry.put(
                    "LayerSources",
                    JsonValue.object()
                            .put(
                                    Digest.sha256(TAR).toString(),
                                    layer(MediaType.OCI_LAYER, blob).toJson())
                            .build());
        }
        Path archive = new TarBytes()
                .file("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}")
                .file(path(config.sha256()), config.toByteArray())
                .file(path(manifest.sha256()), manifest.toByteArray())
                .file(path(Digest.sha256(blob)), blob)
                .file(
                        "index.json",
                        Json.write(JsonValue.object()
                                        .put("schemaVersion", 2)
                                        .put("mediaType", MediaType.OCI_INDEX.value())
                                        .put("manifests", manifests)
                                        .build())
                                .toByteArray())
                .file(
                        "manifest.json",
                        Json.write(JsonValue.array(List.of(entry.build()))).toByteArray())
                .file("repositories", "{}")
                .write(folder.resolve("docker.tar"));
        List<LoadedImage> loaded = host.engine.load(new ArchiveInput.File(archive), TransferListener.silent());
        assertThat(host.verify().findings()).isEmpty();
        assertThat(loaded).hasSize(1);
        assertThat(loaded.getFirst().name()).contains(Reference.parse(NAME));
        assertThat(loaded.getFirst().id()).isEqualTo(config.sha256());
        return loaded.getFirst();
    }

    private List<Descriptor> layers() {
        return ((Manifest.Image) host.engine.image(NAME).manifest()).layers();
    }

    @Test
    void imageOfContainerdsStoreKeepsTheDigestsOfTheIndex() throws IOException {
        byte[] blob = gzip(TAR);
        RawBytes manifest = manifest(layer(MediaType.OCI_LAYER_GZIP, blob).toJson());

        assertThat(load(manifest, index(manifest), blob, false).digest()).isEqualTo(manifest.sha256());

        assertThat(layers()).extracting(Descriptor::digest).containsExactly(Digest.sha256(blob));
    }

    @Test
    void layerThatIsAPlainTarInItsRegistryStaysOne() throws IOException {
        RawBytes manifest = manifest(layer(MediaType.OCI_LAYER, TAR).toJson());

        assertThat(load(manifest, index(manifest), TAR, false).digest()).isEqualTo(manifest.sha256());
    }

    @Test
    void manifestThatDockerMadeUpIsNotBelieved() throws IOException {
        RawBytes manifest = manifest(layer(MediaType.OCI_LAYER, TAR).toJson());

        assertThat(load(manifest, index(manifest), TAR, true).digest()).isNotEqualTo(manifest.sha256());

        assertThat(layers()).extracting(Descriptor::mediaType).containsExactly(MediaType.DOCKER_LAYER_GZIP);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void manifestInWhichDockerForgotTheLayersIsNotBelieved(boolean sources) throws IOException {
        RawBytes manifest = manifest();

        load(manifest, index(manifest), TAR, sources);

        assertThat(layers()).hasSize(1);
    }

    /// As Docker 25 saves an image that is named by its digest (moby#47210).
    @Test
    void indexOfNothingLeavesTheListOfManifestJson() throws IOException {
        RawBytes manifest = manifest();

        load(manifest, new JsonValue.JsonNull(), TAR, false);

        assertThat(layers()).hasSize(1);
    }
}
