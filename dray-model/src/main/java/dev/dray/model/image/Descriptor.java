package dev.dray.model.image;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.json.JsonValue;
import dev.dray.model.json.JsonValue.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Identifies content from within a document: type, digest, size (OCI image-spec, descriptor.md).
///
/// @param size length of the content in bytes
/// @param platform of a manifest in an index
/// @param urls sources of a non-distributable layer
public record Descriptor(
        MediaType mediaType,
        Digest digest,
        long size,
        Optional<Platform> platform,
        Optional<String> artifactType,
        Map<String, String> annotations,
        List<String> urls) {

    public Descriptor {
        if (size < 0) {
            throw new DrayException(
                    DrayException.Kind.INVALID, "negative size %d in the descriptor of %s".formatted(size, digest));
        }
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
        urls = List.copyOf(urls);
    }

    public static Descriptor of(MediaType mediaType, Digest digest, long size) {
        return new Descriptor(mediaType, digest, size, Optional.empty(), Optional.empty(), Map.of(), List.of());
    }

    /// The descriptor of a document, by SHA-256.
    public static Descriptor of(MediaType mediaType, RawBytes document) {
        return of(mediaType, document.sha256(), document.size());
    }

    /// The same without annotations.
    public Descriptor withoutAnnotations() {
        return new Descriptor(mediaType, digest, size, platform, artifactType, Map.of(), urls);
    }

    /// True for a layer that may not be passed on and says where else it is: an image is whole without it.
    public boolean mayBeAbsent() {
        return mediaType.isNonDistributable() && !urls.isEmpty();
    }

    /// Parses a descriptor in a document.
    ///
    /// @param where its position, for messages: `layers[2]`
    /// @throws DrayException of kind INVALID when a required member is missing or malformed
    static Descriptor read(JsonValue value, String where) {
        JsonObject object = value.asObject().orElseThrow(() -> Manifest.invalid(where + " is not an object"));
        String mediaType =
                object.text("mediaType").orElseThrow(() -> Manifest.invalid(where + " has no \"mediaType\""));
        String digest = object.text("digest").orElseThrow(() -> Manifest.invalid(where + " has no \"digest\""));
        long size = object.number("size").orElseThrow(() -> Manifest.invalid(where + " has no \"size\""));
        Map<String, String> annotations = new LinkedHashMap<>();
        object.object("annotations")
                .ifPresent(members -> members.members()
                        .forEach((name, text) -> text.text().ifPresent(t -> annotations.put(name, t))));
        return new Descriptor(
                new MediaType(mediaType),
                Digest.parse(digest),
                size,
                object.object("platform").flatMap(Descriptor::platform),
                object.text("artifactType"),
                annotations,
                object.array("urls").stream()
                        .flatMap(url -> url.text().stream())
                        .toList());
    }

    private static Optional<Platform> platform(JsonObject object) {
        Optional<String> os = object.text("os").filter(text -> !text.isEmpty());
        Optional<String> architecture = object.text("architecture").filter(text -> !text.isEmpty());
        if (os.isEmpty() || architecture.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Platform(
                os.get(), architecture.get(), object.text("variant").filter(text -> !text.isEmpty())));
    }

    /// This descriptor as a member of a new document.
    public JsonObject toJson() {
        JsonValue.ObjectBuilder builder = JsonValue.object()
                .put("mediaType", mediaType.value())
                .put("digest", digest.toString())
                .put("size", size);
        if (!annotations.isEmpty()) {
            JsonValue.ObjectBuilder members = JsonValue.object();
            annotations.forEach(members::put);
            builder.put("annotations", members.build());
        }
        platform.ifPresent(p -> {
            JsonValue.ObjectBuilder members =
                    JsonValue.object().put("architecture", p.architecture()).put("os", p.os());
            p.variant().ifPresent(variant -> members.put("variant", variant));
            builder.put("platform", members.build());
        });
        artifactType.ifPresent(type -> builder.put("artifactType", type));
        return builder.build();
    }
}
