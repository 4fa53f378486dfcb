package dev.dray.engine;

import dev.dray.client.RegistryClient;
import dev.dray.client.push.PushImage;
import dev.dray.client.push.PushRequest;
import dev.dray.client.transfer.TransferListener;
import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.Reference;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ImageSource;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import dev.dray.model.image.MediaType;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/// An artifact in memory that refers to a manifest, as `oras attach` makes one: an empty config, and one layer of text.
public record TestReferrer(Manifest manifest, RawBytes text) implements ImageSource {
    private static final RawBytes EMPTY = RawBytes.utf8("{}");

    public static TestReferrer of(Manifest subject, String words) {
        RawBytes text = RawBytes.utf8(words);
        RawBytes raw = Json.write(JsonValue.object()
                .put("schemaVersion", 2)
                .put("mediaType", MediaType.OCI_MANIFEST.value())
                .put("artifactType", "example/sbom")
                .put(
                        "config",
                        Descriptor.of(MediaType.OCI_EMPTY, EMPTY.sha256(), EMPTY.size())
                                .toJson())
                .put(
                        "layers",
                        JsonValue.array(List.of(Descriptor.of(MediaType.OCTET_STREAM, text.sha256(), text.size())
                                .toJson())))
                .put("subject", subject.descriptor().toJson())
                .build());
        return new TestReferrer(Manifest.parse(MediaType.OCI_MANIFEST, raw), text);
    }

    Digest digest() {
        return manifest.raw().sha256();
    }

    /// Puts it into the repository that `name` names.
    public TestReferrer attach(Reference name) {
        try (RegistryClient client = RegistryClient.open(EngineHost.options().build())) {
            PushImage pushed = new PushImage(manifest, this, Set.of());
            client.push(new PushRequest(name.host(), name.repository(), List.of(pushed)), TransferListener.silent());
        }
        return this;
    }

    /// What the registry lists for a subject.
    static List<Digest> listed(Reference name, Digest subject) throws IOException {
        try (RegistryClient client = RegistryClient.open(EngineHost.options().build())) {
            return client.repository(name).referrers(subject).stream()
                    .map(Descriptor::digest)
                    .toList();
        }
    }

    @Override
    public Manifest manifest(ManifestSelector selector) {
        return manifest;
    }

    @Override
    public Content blob(Descriptor descriptor) {
        return Content.of(descriptor.mediaType().equals(MediaType.OCI_EMPTY) ? EMPTY : text, descriptor.digest());
    }
}
