package dev.dray.engine.adopt.host;

import dev.dray.model.Digest;
import dev.dray.model.Reference;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.MediaType;
import dev.dray.model.json.JsonValue;
import dev.dray.model.json.JsonValue.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The blobs that Docker remembers for a layer, as which it was pulled or pushed: up to 50 for each diffID.
///
/// @param folder `image/<driver>/distribution`
record DockerBlobs(StoreFiles files, Path folder) {
    /// A blob, and where it was seen.
    record Known(Optional<KnownBlob> blob, List<SeenAt> seen) {}

    private record Noted(Digest digest, SeenAt seen) {}

    /// @param layer as the image's manifest describes it, when there is one
    /// @param names of the image
    Known find(Digest diffId, Optional<Descriptor> layer, List<Reference> names) throws IOException {
        List<Noted> noted = noted(diffId);
        Optional<KnownBlob> blob = layer.map(descriptor ->
                        new KnownBlob(descriptor.mediaType(), descriptor.digest(), OptionalLong.of(descriptor.size())))
                .or(() -> best(noted, names)
                        .map(digest -> new KnownBlob(MediaType.DOCKER_LAYER_GZIP, digest, OptionalLong.empty())));
        List<SeenAt> seen = new ArrayList<>();
        for (Noted note : noted.reversed()) {
            if (blob.isPresent() && note.digest().equals(blob.get().digest()) && !seen.contains(note.seen())) {
                seen.add(note.seen());
            }
        }
        return new Known(blob, seen);
    }

    /// Without a manifest: the blob that was seen last where the image's names are, else the one that was seen
    /// last.
    private static Optional<Digest> best(List<Noted> noted, List<Reference> names) {
        return noted.reversed().stream()
                .filter(note -> names.stream()
                        .anyMatch(name -> name.host().equals(note.seen().host())
                                && name.repository().equals(note.seen().repository())))
                .findFirst()
                .or(() -> noted.reversed().stream().findFirst())
                .map(Noted::digest);
    }

    /// In Docker's order: the last is the most recent.
    private List<Noted> noted(Digest diffId) throws IOException {
        Path file = folder.resolve("v2metadata-by-diffid")
                .resolve(diffId.algorithm().label())
                .resolve(diffId.hex());
        List<Noted> noted = new ArrayList<>();
        for (JsonValue value : files.json(file).map(JsonValue::elements).orElse(List.of())) {
            Optional<JsonObject> object = value.asObject();
            Optional<Digest> digest =
                    object.flatMap(note -> note.text("Digest")).map(Digest::parse);
            Optional<SeenAt> seen =
                    object.flatMap(note -> note.text("SourceRepository")).flatMap(SeenAt::parse);
            if (digest.isPresent() && seen.isPresent()) {
                noted.add(new Noted(digest.get(), seen.get()));
            }
        }
        return noted;
    }
}
