package dev.dray.engine.adopt;

import dev.dray.engine.adopt.host.HostEngine;
import dev.dray.engine.adopt.host.HostImage;
import dev.dray.engine.adopt.host.HostStore;
import dev.dray.engine.adopt.host.HostStores;
import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.MediaType;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// A store with one image, on disk as Docker or containers/storage would have it.
///
/// @param root its folder
/// @param folders where each layer's files are
/// @param tarSplits each layer's tar-split
/// @param documents what a test may want to damage: the list of images first
record MadeStore(
        HostEngine engine, Path root, String driver, List<Path> folders, List<Path> tarSplits, List<Path> documents) {
    static final String NAME = "registry.example/team/app:1";

    static MadeStore create(HostEngine engine, Path root, String driver, List<MadeLayer> layers) throws IOException {
        return create(engine, root, driver, layers, MediaType.OCI_LAYER_GZIP);
    }

    /// @param layerType of every layer in the manifest
    static MadeStore create(HostEngine engine, Path root, String driver, List<MadeLayer> layers, MediaType layerType)
            throws IOException {
        MadeStore store = new MadeStore(engine, root, driver, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        switch (engine) {
            case DOCKER -> store.docker(layers, layerType);
            case CONTAINERS -> store.containers(layers, layerType);
        }
        return store;
    }

    HostStore open() throws IOException {
        return HostStores.open(engine, root);
    }

    HostImage image() throws IOException {
        HostStore store = open();
        return store.image(store.entry(NAME));
    }

    static RawBytes config(List<MadeLayer> layers) {
        List<String> diffIds =
                layers.stream().map(layer -> layer.diffId().toString()).toList();
        return Json.write(JsonValue.object()
                .put("architecture", "amd64")
                .put("os", "linux")
                .put(
                        "rootfs",
                        JsonValue.object()
                                .put("type", "layers")
                                .put("diff_ids", JsonValue.strings(diffIds))
                                .build())
                .build());
    }

    /// The manifest of a registry, when every layer has a blob; else one with plain layers, as buildah makes it.
    static RawBytes manifest(List<MadeLayer> layers, MediaType layerType) {
        boolean pulled = layers.stream().allMatch(layer -> layer.blob().isPresent());
        RawBytes config = config(layers);
        List<JsonValue> descriptors = new ArrayList<>();
        for (MadeLayer layer : layers) {
            RawBytes blob = pulled
                    ? layer.blob().orElseThrow()
                    : RawBytes.copyOf(layer.tar().bytes());
            descriptors.add(Descriptor.of(pulled ? layerType : MediaType.OCI_LAYER, blob.sha256(), blob.size())
                    .toJson());
        }
        return Json.write(JsonValue.object()
                .put("schemaVersion", 2)
                .put("mediaType", MediaType.OCI_MANIFEST.value())
                .put(
                        "config",
                        Descriptor.of(MediaType.OCI_CONFIG, config.sha256(), config.size())
                                .toJson())
                .put("layers", JsonValue.array(descriptors))
                .build());
    }

    private static Path write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    private static Path write(Path file, JsonValue value) throws IOException {
        return write(file, Json.write(value).toByteArray());
    }

    private static Path write(Path file, Object text) throws IOException {
        return write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void docker(List<MadeLayer> layers, MediaType layerType) throws IOException {
        Path image = root.resolve("image").resolve(driver);
        RawBytes config = config(layers);
        RawBytes manifest = manifest(layers, layerType);
        String id = config.sha256().toString();
        JsonValue names = JsonValue.object()
                .put(NAME, id)
                .put("registry.example/team/app@" + manifest.sha256(), id)
                .build();
        documents.add(write(
                image.resolve("repositories.json"),
                JsonValue.object()
                        .put(
                                "Repositories",
                                JsonValue.object()
                                        .put("registry.example/team/app", names)
                                        .build())
                        .build()));
        write(image.resolve("imagedb/content/sha256/" + config.sha256().hex()), config.toByteArray());
        if (layers.stream().allMatch(layer -> layer.blob().isPresent())) {
            write(
                    root.resolve("containerd/daemon/io.containerd.content.v1.content/blobs/sha256/"
                            + manifest.sha256().hex()),
                    manifest.toByteArray());
        }
        Optional<Digest> chain = Optional.empty();
        for (MadeLayer layer : layers) {
            Digest diffId = layer.diffId();
            chain = Optional.of(
                    chain.map(parent -> Digest.sha256((parent + " " + diffId).getBytes(StandardCharsets.UTF_8)))
                            .orElse(diffId));
            Path folder = image.resolve("layerdb/sha256/" + chain.get().hex());
            String cache = "cache" + folders.size();
            write(folder.resolve("cache-id"), cache);
            write(folder.resolve("diff"), diffId);
            tarSplits.add(write(folder.resolve("tar-split.json.gz"), layer.tarSplit()));
            unpack(
                    layer,
                    driver.equals("vfs")
                            ? root.resolve("vfs/dir/" + cache)
                            : root.resolve(driver + "/" + cache + "/diff"));
            if (layer.blob().isPresent()) {
                write(
                        image.resolve("distribution/v2metadata-by-diffid/sha256/" + diffId.hex()),
                        JsonValue.array(List.of(JsonValue.object()
                                .put("Digest", layer.blob().get().sha256().toString())
                                .put("SourceRepository", "registry.example/team/app")
                                .put("HMAC", "")
                                .build())));
            }
        }
    }

    private void unpack(MadeLayer layer, Path folder) {
        layer.tar().unpack(folder);
        folders.add(folder);
    }

    private void containers(List<MadeLayer> layers, MediaType layerType) throws IOException {
        Path images = root.resolve(driver + "-images");
        Path rows = root.resolve(driver + "-layers");
        RawBytes config = config(layers);
        RawBytes manifest = manifest(layers, layerType);
        List<JsonValue> list = new ArrayList<>();
        String parent = "";
        for (MadeLayer layer : layers) {
            String id = Digest.sha256((parent + layer.diffId()).getBytes(StandardCharsets.UTF_8))
                    .hex();
            list.add(row(layer, id, parent));
            tarSplits.add(write(rows.resolve(id + ".tar-split.gz"), layer.tarSplit()));
            unpack(
                    layer,
                    driver.equals("vfs") ? root.resolve("vfs/dir/" + id) : root.resolve(driver + "/" + id + "/diff"));
            parent = id;
        }
        JsonValue image = JsonValue.object()
                .put("id", config.sha256().hex())
                .put("digest", manifest.sha256().toString())
                .put("names", JsonValue.strings(List.of(NAME)))
                .put("layer", parent)
                .build();
        documents.add(write(images.resolve("images.json"), JsonValue.array(List.of(image))));
        documents.add(write(rows.resolve("layers.json"), JsonValue.array(list)));
        write(images.resolve("images.lock"), "");
        write(rows.resolve("layers.lock"), "");
        Path bigData = images.resolve(config.sha256().hex());
        write(bigData.resolve("manifest"), manifest.toByteArray());
        String key =
                Base64.getEncoder().encodeToString(config.sha256().toString().getBytes(StandardCharsets.UTF_8));
        write(bigData.resolve("=" + key), config.toByteArray());
    }

    private static JsonValue row(MadeLayer layer, String id, String parent) {
        RawBytes tar = RawBytes.copyOf(layer.tar().bytes());
        return JsonValue.object()
                .put("id", id)
                .put("parent", parent)
                .put("diff-digest", layer.diffId().toString())
                .put("diff-size", tar.size())
                .put("compressed-diff-digest", layer.blob().orElse(tar).sha256().toString())
                .put("compressed-size", layer.blob().orElse(tar).size())
                .put("compression", layer.blob().isPresent() ? 2 : 0)
                .build();
    }
}
