package dev.dray.store;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.MediaType;
import dev.dray.store.blob.Blob;
import dev.dray.store.blob.FinishOutcome;
import dev.dray.store.blob.FinishedBlob;
import dev.dray.store.blob.StagedBlob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import java.util.stream.Stream;

/// Bytes and documents that tests put into stores.
public final class Samples {
    public static final RepositoryName APP = RepositoryName.parse("team-a/app");
    public static final RepositoryName OTHER = RepositoryName.parse("team-b/app");
    public static final Tag LATEST = Tag.LATEST;

    private Samples() {}

    public static byte[] bytes(long seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /// Publishes `content` and links it in `repository`.
    public static Digest publish(Store store, RepositoryName repository, byte[] content) {
        Digest digest = Digest.sha256(content);
        try (StagedBlob staged = store.blobs().stage(Digest.Algorithm.SHA256)) {
            staged.write(ByteBuffer.wrap(content));
            store.blobs()
                    .publish(
                            complete(staged.finish(digest)),
                            transaction ->
                                    transaction.repository(repository).links().add(digest));
        }
        return digest;
    }

    public static FinishedBlob complete(FinishOutcome outcome) {
        if (outcome instanceof FinishOutcome.Complete(FinishedBlob blob)) {
            return blob;
        }
        throw new AssertionError(outcome);
    }

    public static byte[] read(Blob blob) throws IOException {
        try (InputStream stream = blob.open(0)) {
            return stream.readAllBytes();
        }
    }

    public static Manifest image(Digest config, List<Digest> layers) {
        StringBuilder json = new StringBuilder("{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_MANIFEST
                + "\",\"config\":" + descriptor(MediaType.OCI_CONFIG, config) + ",\"layers\":[");
        for (int i = 0; i < layers.size(); i++) {
            json.append(i == 0 ? "" : ",").append(descriptor(MediaType.OCI_LAYER_GZIP, layers.get(i)));
        }
        return Manifest.parse(
                MediaType.OCI_MANIFEST, RawBytes.utf8(json.append("]}").toString()));
    }

    public static Manifest referrer(Digest config, Digest subject) {
        return Manifest.parse(
                MediaType.OCI_MANIFEST,
                RawBytes.utf8("{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_MANIFEST + "\",\"config\":"
                        + descriptor(MediaType.OCI_EMPTY, config) + ",\"layers\":[],\"subject\":"
                        + descriptor(MediaType.OCI_MANIFEST, subject) + "}"));
    }

    public static Manifest index(List<Digest> children) {
        StringJoiner manifests = new StringJoiner(",");
        children.forEach(child -> manifests.add(descriptor(MediaType.OCI_MANIFEST, child)));
        return Manifest.parse(
                MediaType.OCI_INDEX,
                RawBytes.utf8("{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_INDEX + "\",\"manifests\":["
                        + manifests + "]}"));
    }

    private static String descriptor(MediaType type, Digest digest) {
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":3}".formatted(type, digest);
    }

    /// The files of blobs and of what is staged, in the order of their names.
    public static List<Path> files(Path store) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String part : List.of("blobs", "staging")) {
            try (Stream<Path> all = Files.walk(store.resolve(part))) {
                all.filter(Files::isRegularFile).sorted().forEach(files::add);
            }
        }
        return files;
    }
}
