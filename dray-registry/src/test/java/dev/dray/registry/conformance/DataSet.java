package dev.dray.registry.conformance;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.image.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Content of the OCI conformance list: blobs, and manifests over them in a valid order of pushing. Not thread safe.
final class DataSet {
    /// A manifest of the set.
    ///
    /// @param subject the manifest that it refers to
    record Document(MediaType type, RawBytes raw, Digest digest, Optional<String> tag, Optional<Digest> subject) {}

    private final Digest.Algorithm algorithm;
    private final List<RawBytes> blobs = new ArrayList<>();
    private final List<Document> documents = new ArrayList<>();

    DataSet(Digest.Algorithm algorithm) {
        this.algorithm = algorithm;
    }

    List<RawBytes> blobs() {
        return List.copyOf(blobs);
    }

    List<Document> documents() {
        return List.copyOf(documents);
    }

    Digest digest(RawBytes raw) {
        return raw.digest(algorithm);
    }

    /// Adds a blob and returns its descriptor as JSON, with the members of `more` after the usual ones.
    String blob(String mediaType, String content, String more) {
        RawBytes raw = RawBytes.utf8(content);
        if (!blobs.contains(raw)) {
            blobs.add(raw);
        }
        return descriptor(mediaType, raw, more);
    }

    String blob(String mediaType, String content) {
        return blob(mediaType, content, "");
    }

    String descriptor(String mediaType, RawBytes raw, String more) {
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d%s}"
                .formatted(mediaType, digest(raw), raw.size(), more);
    }

    /// Adds a manifest and returns its descriptor as JSON.
    String document(MediaType type, String json, String tag) {
        return document(type, json, Optional.of(tag).filter(text -> !text.isEmpty()), Optional.empty());
    }

    String referrer(MediaType type, String json, String tag, Digest subject) {
        return document(type, json, Optional.of(tag), Optional.of(subject));
    }

    private String document(MediaType type, String json, Optional<String> tag, Optional<Digest> subject) {
        RawBytes raw = RawBytes.utf8(json);
        documents.add(new Document(type, raw, digest(raw), tag, subject));
        return descriptor(type.value(), raw, "");
    }
}
