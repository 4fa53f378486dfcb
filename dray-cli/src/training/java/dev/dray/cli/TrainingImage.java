package dev.dray.cli;

import dev.dray.client.ClientOptions;
import dev.dray.client.RegistryClient;
import dev.dray.client.RemoteRepository;
import dev.dray.layer.deflate.DeflateEncoder;
import dev.dray.layer.encoders.EncoderCatalog;
import dev.dray.layer.encoders.Encoding;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.layer.recipe.EncoderId.Parameters;
import dev.dray.model.Content;
import dev.dray.model.RawBytes;
import dev.dray.model.Reference;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.MediaType;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;

/// An image with one layer compressed as docker or a zlib tool does, so that a pull proves it and a server rebuilds it.
final class TrainingImage {
    private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private TrainingImage() {}

    /// @param tar of the layer
    static void pushAsDocker(String name, byte[] tar) throws IOException {
        Encoding encoding = EncoderCatalog.standard().encoding(new EncoderId("go", "1.8", 1, Parameters.level(6)));
        if (!(encoding instanceof Encoding.Resumable(var opener, var _, var _, var _))) {
            throw new IllegalStateException("Go's encoder has checkpoints");
        }
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        blob.write(GZIP_HEADER);
        try (DeflateEncoder encoder = opener.open(blob)) {
            encoder.write(tar, 0, tar.length);
            encoder.finish();
        }
        CRC32 sum = new CRC32();
        sum.update(tar);
        blob.write(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) sum.getValue())
                .putInt(tar.length)
                .array());
        push(name, tar, blob);
    }

    /// @param tar of the layer
    static void pushAsZlib(String name, byte[] tar) throws IOException {
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        try (GZIPOutputStream encoder = new GZIPOutputStream(blob)) {
            encoder.write(tar);
        }
        push(name, tar, blob);
    }

    private static void push(String name, byte[] tar, ByteArrayOutputStream blob) throws IOException {
        RawBytes layer = RawBytes.copyOf(blob.toByteArray());
        RawBytes config = Json.write(JsonValue.object()
                .put("architecture", "amd64")
                .put("os", "linux")
                .put(
                        "rootfs",
                        JsonValue.object()
                                .put("type", "layers")
                                .put(
                                        "diff_ids",
                                        JsonValue.strings(List.of(
                                                RawBytes.copyOf(tar).sha256().toString())))
                                .build())
                .build());
        Descriptor configured = Descriptor.of(MediaType.OCI_CONFIG, config);
        Descriptor described = Descriptor.of(MediaType.OCI_LAYER_GZIP, layer);
        Reference reference = Reference.parse(name);
        try (RegistryClient client = RegistryClient.open(ClientOptions.defaults())) {
            RemoteRepository repository = client.repository(reference.host(), reference.repository());
            repository.putBlob(configured, Content.of(config, config.sha256()));
            repository.putBlob(described, Content.of(layer, layer.sha256()));
            repository.putManifest(
                    Manifest.Image.of(MediaType.OCI_MANIFEST, configured, List.of(described)), reference.tag());
        }
    }
}
