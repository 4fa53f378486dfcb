package dev.dray.acceptance.exact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.ContainersStorage;
import dev.dray.acceptance.stage.DockerDaemon;
import dev.dray.acceptance.stage.NeedsPeer;
import dev.dray.acceptance.stage.Peer;
import dev.dray.acceptance.stage.PeerRegistry;
import dev.dray.acceptance.stage.PlainClient;
import dev.dray.acceptance.stage.Program;
import dev.dray.acceptance.stage.TestImages;
import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.MediaType;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One root file system in four blobs: its contents are stored once, and each blob is rebuilt exactly.
@NeedsPeer(
        value = {Peer.DOCKERD, Peer.DOCKER, Peer.PODMAN, Peer.REGISTRY},
        asRoot = true)
class FourBlobsTest {
    private static final List<String> KINDS = List.of("go", "pgzip", "pigz", "plain");

    @TempDir
    Path folder;

    @Test
    void contentsAreKeptOnceAndEachBlobIsRebuilt() throws Exception {
        Path tar = folder.resolve("root.tar");
        Program.of("tar", "-h", "-C", "/usr/share/zoneinfo", "-cf", tar.toString(), ".")
                .run()
                .succeeded();
        Path store = TestImages.store(folder.resolve("home"));
        BuiltCommand dray = BuiltCommand.at(folder.resolve("home"));
        Map<String, ServedImage> pushed = new HashMap<>();
        List<Long> packed = new ArrayList<>();
        try (PeerRegistry source = PeerRegistry.start(Peer.REGISTRY, folder.resolve("source"));
                PeerRegistry target = PeerRegistry.start(Peer.REGISTRY, folder.resolve("target"))) {
            makeAll(tar, source.host());
            for (String kind : KINDS) {
                pushed.put(kind, ServedImage.fetch(source.host(), "root/" + kind, "1"));
                dray.run("pull", "--quiet", source.host() + "/root/" + kind + ":1")
                        .succeeded();
                packed.add(StoreFiles.packed(store));
            }
            assertThat(pushed.values().stream().map(ServedImage::layers).distinct())
                    .hasSize(KINDS.size());
            assertThat(StoreFiles.blobs(store)).isEmpty();
            assertThat(packed.getLast()).isLessThan(packed.getFirst() * 102 / 100);
            assertThat(dray.print("layers", "ls", "--format", "json").lines())
                    .hasSize(KINDS.size())
                    .allSatisfy(line -> assertThat(line.split("\"digests\":\\[", -1)[1].split("sha256:", -1))
                            .hasSizeGreaterThan(KINDS.size()));

            for (String kind : KINDS) {
                dray.run("tag", source.host() + "/root/" + kind + ":1", target.host() + "/again/" + kind + ":1")
                        .succeeded();
            }
            source.stop();
            for (String kind : KINDS) {
                dray.run("push", "--quiet", target.host() + "/again/" + kind + ":1")
                        .succeeded();
                assertThat(ServedImage.fetch(target.host(), "again/" + kind, "1"))
                        .isEqualTo(pushed.get(kind));
            }
        }
    }

    private void makeAll(Path tar, String host) throws Exception {
        try (DockerDaemon daemon = DockerDaemon.start(folder)) {
            Program docker = daemon.docker("nobody");
            docker.run("import", tar.toString(), host + "/root/go:1").succeeded();
            docker.run("push", host + "/root/go:1").succeeded();
        }
        try (ContainersStorage storage = new ContainersStorage(folder)) {
            Program podman = storage.podman();
            podman.run("import", "--quiet", tar.toString(), host + "/root/pgzip:1")
                    .succeeded();
            podman.run("push", "--quiet", "--tls-verify=false", host + "/root/pgzip:1")
                    .succeeded();
        }
        Program.of("pigz", "-9", "-k", "-n", tar.toString()).run().succeeded();
        push(host, "root/pigz", MediaType.OCI_LAYER_GZIP, Path.of(tar + ".gz"), tar);
        push(host, "root/plain", MediaType.OCI_LAYER, tar, tar);
    }

    private static void push(String host, String repository, MediaType type, Path file, Path tar) throws Exception {
        byte[] blob = Files.readAllBytes(file);
        RawBytes config = Json.write(JsonValue.object()
                .put("architecture", "amd64")
                .put("os", "linux")
                .put(
                        "rootfs",
                        JsonValue.object()
                                .put("type", "layers")
                                .put(
                                        "diff_ids",
                                        JsonValue.strings(List.of(Digest.sha256(Files.readAllBytes(tar))
                                                .toString())))
                                .build())
                .build());
        Descriptor layer = Descriptor.of(type, Digest.sha256(blob), blob.length);
        RawBytes manifest = Json.write(JsonValue.object()
                .put("schemaVersion", 2)
                .put("mediaType", MediaType.OCI_MANIFEST.value())
                .put(
                        "config",
                        Descriptor.of(MediaType.OCI_CONFIG, config.sha256(), config.size())
                                .toJson())
                .put("layers", JsonValue.array(List.of(layer.toJson())))
                .build());
        try (PlainClient client = new PlainClient(host)) {
            client.blob(repository, blob);
            client.blob(repository, config.toByteArray());
            client.manifest(repository, "1", MediaType.OCI_MANIFEST.value(), manifest.toByteArray());
        }
    }
}
