package dev.dray.model.image;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonLimits;
import dev.dray.model.json.JsonValue;
import dev.dray.model.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The configuration of a runnable image, kept as the bytes that were pushed (OCI image-spec, config.md).
///
/// @param platform of the image
/// @param diffIds digests of the layers' uncompressed tars, lowest first
/// @param history one entry per build step, lowest first; may be shorter or longer than the layers
public record ImageConfig(
        RawBytes raw, Platform platform, Optional<String> created, List<Digest> diffIds, List<History> history) {

    /// A step of the build.
    ///
    /// @param emptyLayer true when the step made no layer
    public record History(
            Optional<String> created, Optional<String> createdBy, Optional<String> comment, boolean emptyLayer) {}

    public ImageConfig {
        diffIds = List.copyOf(diffIds);
        history = List.copyOf(history);
    }

    /// @throws DrayException of kind INVALID when it is malformed, TOO_LARGE beyond 4 MiB
    public static ImageConfig parse(RawBytes raw) {
        JsonObject document = Json.parseObject(raw.toByteArray(), JsonLimits.DOCUMENT, "image config");
        List<Digest> diffIds = new ArrayList<>();
        for (JsonValue value :
                document.object("rootfs").map(r -> r.array("diff_ids")).orElse(List.of())) {
            diffIds.add(Digest.parse(value.text().orElseThrow(() -> invalid("a diff_id is not a string"))));
        }
        List<History> history = new ArrayList<>();
        for (JsonValue value : document.array("history")) {
            value.asObject().map(ImageConfig::step).ifPresent(history::add);
        }
        return new ImageConfig(raw, platform(document), document.text("created"), diffIds, history);
    }

    private static History step(JsonObject entry) {
        boolean empty = entry.get("empty_layer").equals(Optional.of(JsonValue.of(true)));
        return new History(entry.text("created"), entry.text("created_by"), entry.text("comment"), empty);
    }

    private static Platform platform(JsonObject document) {
        return new Platform(
                document.text("os").filter(text -> !text.isEmpty()).orElse("unknown"),
                document.text("architecture").filter(text -> !text.isEmpty()).orElse("unknown"),
                document.text("variant").filter(text -> !text.isEmpty()));
    }

    private static DrayException invalid(String why) {
        return new DrayException(DrayException.Kind.INVALID, "invalid image config: " + why);
    }
}
