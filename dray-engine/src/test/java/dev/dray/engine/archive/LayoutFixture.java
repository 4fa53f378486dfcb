package dev.dray.engine.archive;

import dev.dray.model.RawBytes;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.MediaType;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import dev.dray.model.json.JsonValue.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Writes layouts, sound and other ones, into a folder.
public record LayoutFixture(Path folder) {
    static final String MARK = "{\"imageLayoutVersion\":\"1.0.0\"}";

    /// Writes a blob under its digest.
    public Descriptor blob(MediaType type, byte[] bytes) throws IOException {
        RawBytes raw = RawBytes.copyOf(bytes);
        Descriptor descriptor = Descriptor.of(type, raw.sha256(), raw.size());
        Files.createDirectories(file(descriptor).getParent());
        Files.write(file(descriptor), bytes);
        return descriptor;
    }

    public Path file(Descriptor descriptor) {
        return folder.resolve("blobs")
                .resolve("sha256")
                .resolve(descriptor.digest().hex());
    }

    /// Writes a layout with one image, tagged `x`, of these layers.
    public Descriptor image(List<Descriptor> layers) throws IOException {
        Descriptor config = blob(MediaType.OCI_CONFIG, "{}".getBytes(StandardCharsets.UTF_8));
        JsonObject manifest = JsonValue.object()
                .put("schemaVersion", 2)
                .put("mediaType", MediaType.OCI_MANIFEST.value())
                .put("config", config.toJson())
                .put(
                        "layers",
                        JsonValue.array(layers.stream().map(Descriptor::toJson).toList()))
                .build();
        Descriptor image = blob(MediaType.OCI_MANIFEST, Json.write(manifest).toByteArray());
        index(image.toJson()
                .with(
                        "annotations",
                        JsonValue.object()
                                .put("org.opencontainers.image.ref.name", "x")
                                .build()));
        return image;
    }

    public void index(JsonValue entry) throws IOException {
        write("oci-layout", MARK);
        write(
                "index.json",
                Json.write(JsonValue.object()
                                .put("schemaVersion", 2)
                                .put("manifests", JsonValue.array(List.of(entry)))
                                .build())
                        .toString());
    }

    public void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
