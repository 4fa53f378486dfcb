package dev.dray.model.image;

import dev.dray.model.DrayException;
import dev.dray.model.Quote;
import dev.dray.model.RawBytes;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonLimits;
import dev.dray.model.json.JsonValue;
import dev.dray.model.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A manifest: a document that references content by digest, kept as the bytes that were pushed.
///
/// The bytes are authoritative, and are stored and served unchanged; all other members are views of them. Reads OCI
/// manifests and indexes (image-spec 1.1) and Docker schema 2 manifests and lists. Rejects documents in which two
/// readers could see two images (CVE-2021-41190): both `layers` and `manifests`, a `mediaType` that differs from the
/// pushed type, repeated names. At most [#LARGEST] bytes. Thread safe.
public sealed interface Manifest {
    /// Largest manifest in bytes.
    int LARGEST = 4 << 20;

    MediaType mediaType();

    RawBytes raw();

    /// The manifest that this one refers to, if it is a referrer.
    Optional<Descriptor> subject();

    /// The artifact type in the document.
    Optional<String> artifactType();

    Map<String, String> annotations();

    /// The type in a list of referrers: its artifact type, otherwise the config's type of an image. An empty type
    /// counts as absent (OCI distribution-spec, "Listing Referrers").
    default Optional<String> effectiveArtifactType() {
        Optional<String> own = artifactType().filter(type -> !type.isEmpty());
        return switch (this) {
            case Image image ->
                own.or(() -> Optional.of(image.config().mediaType().value()));
            case Index _ -> own;
        };
    }

    /// A manifest of one image or artifact.
    ///
    /// @param config its configuration; of a runnable image, see [ImageConfig]
    /// @param layers lowest first
    record Image(
            MediaType mediaType,
            RawBytes raw,
            Descriptor config,
            List<Descriptor> layers,
            Optional<Descriptor> subject,
            Optional<String> artifactType,
            Map<String, String> annotations)
            implements Manifest {
        public Image {
            layers = List.copyOf(layers);
            annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
        }

        /// A new manifest, written without white space.
        ///
        /// @param mediaType OCI's or Docker's type of image manifests
        /// @param layers lowest first
        public static Image of(MediaType mediaType, Descriptor config, List<Descriptor> layers) {
            RawBytes raw = Json.write(document(mediaType)
                    .put("config", config.toJson())
                    .put("layers", array(layers))
                    .build());
            return (Image) parse(mediaType, raw);
        }

        /// Config and layers, in the order of the document, repeats kept.
        public List<Descriptor> blobs() {
            List<Descriptor> blobs = new ArrayList<>(layers.size() + 1);
            blobs.add(config);
            blobs.addAll(layers);
            return List.copyOf(blobs);
        }
    }

    /// A list of manifests, for several platforms or other purposes.
    record Index(
            MediaType mediaType,
            RawBytes raw,
            List<Descriptor> manifests,
            Optional<Descriptor> subject,
            Optional<String> artifactType,
            Map<String, String> annotations)
            implements Manifest {
        public Index {
            manifests = List.copyOf(manifests);
            annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
        }

        /// A new OCI index, written without white space; it may become larger than [Manifest#LARGEST].
        public static Index of(List<Descriptor> manifests) {
            RawBytes raw = Json.write(document(MediaType.OCI_INDEX)
                    .put("manifests", array(manifests))
                    .build());
            return new Index(MediaType.OCI_INDEX, raw, manifests, Optional.empty(), Optional.empty(), Map.of());
        }
    }

    /// The manifest's own descriptor, by SHA-256.
    default Descriptor descriptor() {
        return Descriptor.of(mediaType(), raw().sha256(), raw().size());
    }

    /// Parses a manifest.
    ///
    /// @param mediaType the type under which it was served or pushed
    /// @throws DrayException of kind INVALID when it is malformed or ambiguous, TOO_LARGE beyond [#LARGEST],
    ///     UNSUPPORTED when Dray does not handle the type
    static Manifest parse(MediaType mediaType, RawBytes raw) {
        if (raw.size() > LARGEST) {
            throw new DrayException(
                    DrayException.Kind.TOO_LARGE,
                    "manifest of %d bytes is larger than the limit of %d".formatted(raw.size(), LARGEST));
        }
        if (!mediaType.isManifest()) {
            throw new DrayException(
                    DrayException.Kind.UNSUPPORTED,
                    "unsupported manifest type \"%s\": OCI manifests and indexes, Docker schema 2 manifests and lists are handled"
                            .formatted(Quote.shorten(mediaType.value())));
        }
        JsonObject document = Json.parseObject(raw.toByteArray(), JsonLimits.DOCUMENT, "manifest");
        requireUnambiguous(mediaType, document);
        Optional<Descriptor> subject = document.get("subject").map(value -> Descriptor.read(value, "subject"));
        Optional<String> artifactType = document.text("artifactType");
        Map<String, String> annotations = annotations(document);
        if (mediaType.isIndex()) {
            return new Index(mediaType, raw, descriptors(document, "manifests"), subject, artifactType, annotations);
        }
        Descriptor config =
                Descriptor.read(document.get("config").orElseThrow(() -> invalid("it has no \"config\"")), "config");
        return new Image(mediaType, raw, config, descriptors(document, "layers"), subject, artifactType, annotations);
    }

    /// The `mediaType` in a manifest, otherwise the one inferred from its members.
    ///
    /// For sources that store manifests without a type.
    static MediaType typeOf(RawBytes raw) {
        JsonObject document = Json.parseObject(raw.toByteArray(), JsonLimits.DOCUMENT, "manifest");
        return document.text("mediaType")
                .map(MediaType::new)
                .orElse(document.get("manifests").isPresent() ? MediaType.OCI_INDEX : MediaType.OCI_MANIFEST);
    }

    private static JsonValue.ObjectBuilder document(MediaType mediaType) {
        return JsonValue.object().put("schemaVersion", 2).put("mediaType", mediaType.value());
    }

    private static JsonValue array(List<Descriptor> descriptors) {
        return JsonValue.array(descriptors.stream().map(Descriptor::toJson).toList());
    }

    private static void requireUnambiguous(MediaType mediaType, JsonObject document) {
        if (document.number("schemaVersion").orElse(-1) != 2) {
            throw invalid("its \"schemaVersion\" is not 2");
        }
        if (document.members().containsKey("layers") && document.members().containsKey("manifests")) {
            throw invalid("it has both \"layers\" and \"manifests\"");
        }
        if (document.members().containsKey("config") && document.members().containsKey("manifests")) {
            throw invalid("it has both \"config\" and \"manifests\"");
        }
        document.get("mediaType").ifPresent(said -> {
            if (!said.text().equals(Optional.of(mediaType.value()))) {
                throw invalid("its \"mediaType\" is not the type it came with, \"%s\"".formatted(mediaType));
            }
        });
        if (!document.members().containsKey("mediaType")
                && (mediaType.equals(MediaType.DOCKER_MANIFEST) || mediaType.equals(MediaType.DOCKER_MANIFEST_LIST))) {
            throw invalid("it has no \"mediaType\", which Docker schema 2 requires");
        }
    }

    private static List<Descriptor> descriptors(JsonObject document, String member) {
        JsonValue value = document.get(member).orElseThrow(() -> invalid("it has no \"%s\"".formatted(member)));
        if (!(value instanceof JsonValue.JsonArray)) {
            throw invalid("its \"%s\" is not an array".formatted(member));
        }
        List<Descriptor> descriptors = new ArrayList<>();
        for (JsonValue element : value.elements()) {
            descriptors.add(Descriptor.read(element, "%s[%d]".formatted(member, descriptors.size())));
        }
        return descriptors;
    }

    private static Map<String, String> annotations(JsonObject document) {
        Map<String, String> annotations = new LinkedHashMap<>();
        document.object("annotations")
                .ifPresent(members -> members.members()
                        .forEach((name, value) -> value.text().ifPresent(text -> annotations.put(name, text))));
        return annotations;
    }

    static DrayException invalid(String why) {
        return new DrayException(DrayException.Kind.INVALID, "invalid manifest: " + why);
    }
}
