package dev.dray.acceptance.adopt;

import dev.dray.acceptance.stage.ContainersStorage;
import dev.dray.acceptance.stage.DockerDaemon;
import dev.dray.acceptance.stage.Peer;
import dev.dray.acceptance.stage.Program;
import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.MediaType;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Images made by many tools from folders of this system, in a registry.
final class RealImages {
    private static final List<String> FOLDERS =
            List.of("etc/ssl", "usr/share/perl", "usr/lib/systemd", "usr/share/zoneinfo");

    private final Path folder;
    private final String host;
    private final Map<String, String> digests = new LinkedHashMap<>();

    /// @param host of the target registry
    RealImages(Path folder, String host) {
        this.folder = folder;
        this.host = host;
    }

    /// Names in the registry, and the digests of their manifests.
    Map<String, String> digests() {
        return Map.copyOf(digests);
    }

    /// A tar of a folder of this system.
    private Path tar(int number) {
        Path tar = folder.resolve("layer-" + number + ".tar");
        Program.of("tar")
                .run("-C", "/", "--sort=name", "-cf", tar.toString(), FOLDERS.get(number))
                .succeeded();
        return tar;
    }

    private void made(String name) {
        String image = host + "/team/" + name + ":1";
        digests.put(image, digest(image));
    }

    static String digest(String image) {
        return Peer.CRANE
                .program()
                .run("digest", "--insecure", image)
                .succeeded()
                .output()
                .strip();
    }

    void byBuildah() throws IOException {
        try (ContainersStorage storage = new ContainersStorage(Files.createDirectories(folder.resolve("build")))) {
            String image = storage.buildFromFolders(2);
            storage.buildah()
                    .run("push", "--quiet", "--tls-verify=false", image, "docker://" + host + "/team/buildah:1")
                    .succeeded();
            storage.podman()
                    .run("import", "--quiet", tar(1).toString(), "localhost/imported")
                    .succeeded();
            storage.podman()
                    .run("push", "--quiet", "--tls-verify=false", "localhost/imported", host + "/team/podman:1")
                    .succeeded();
        }
        made("buildah");
        made("podman");
    }

    void byCrane() {
        Peer.CRANE
                .program()
                .run("append", "--insecure", "--oci-empty-base", "-f", tar(0).toString(), "-t", host + "/team/crane:1")
                .succeeded();
        made("crane");
    }

    void byDocker(DockerDaemon daemon) {
        String image = host + "/team/docker:1";
        daemon.docker("any").run("import", tar(2).toString(), image).succeeded();
        daemon.docker("any").run("push", "--quiet", image).succeeded();
        daemon.docker("any").run("rmi", image).succeeded();
        made("docker");
    }

    /// One image with a layer of each compressor.
    void byCompressors() throws IOException {
        Path layout = folder.resolve("layout");
        List<Descriptor> layers = new ArrayList<>();
        List<String> diffIds = new ArrayList<>();
        List<List<String>> compressors = List.of(
                List.of("pigz", "-9", "-n", "-c"),
                List.of("gzip", "-9", "-n", "-c"),
                List.of("gzip", "-6", "-n", "-c"));
        for (int i = 0; i < compressors.size(); i++) {
            Path tar = tar(i);
            Path blob = folder.resolve("blob");
            List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\" >" + blob, "sh"));
            command.addAll(compressors.get(i));
            command.add(tar.toString());
            Program.of(command.toArray(String[]::new)).run().succeeded();
            layers.add(put(layout, MediaType.OCI_LAYER_GZIP, RawBytes.copyOf(Files.readAllBytes(blob))));
            diffIds.add(Digest.sha256(Files.readAllBytes(tar)).toString());
        }
        RawBytes config = Json.write(JsonValue.object()
                .put("architecture", "amd64")
                .put("os", "linux")
                .put(
                        "rootfs",
                        JsonValue.object()
                                .put("type", "layers")
                                .put("diff_ids", JsonValue.strings(diffIds))
                                .build())
                .build());
        RawBytes manifest = Json.writePretty(JsonValue.object()
                .put("schemaVersion", 2)
                .put("mediaType", MediaType.OCI_MANIFEST.value())
                .put("config", put(layout, MediaType.OCI_CONFIG, config).toJson())
                .put(
                        "layers",
                        JsonValue.array(layers.stream().map(Descriptor::toJson).toList()))
                .build());
        JsonValue index = JsonValue.object()
                .put("schemaVersion", 2)
                .put(
                        "manifests",
                        JsonValue.array(List.of(
                                put(layout, Manifest.typeOf(manifest), manifest).toJson())))
                .build();
        Files.write(layout.resolve("index.json"), Json.write(index).toByteArray());
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Peer.CRANE
                .program()
                .run("push", "--insecure", layout.toString(), host + "/team/compressors:1")
                .succeeded();
        made("compressors");
    }

    private static Descriptor put(Path layout, MediaType type, RawBytes bytes) throws IOException {
        Path blobs = Files.createDirectories(layout.resolve("blobs/sha256"));
        Files.write(blobs.resolve(bytes.sha256().hex()), bytes.toByteArray());
        return Descriptor.of(type, bytes.sha256(), bytes.size());
    }
}
