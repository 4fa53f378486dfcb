package dev.dray.registry.api;

import dev.dray.http.Response;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import java.util.List;

/// What `/v2/_oci/ext/discover` lists: the ways in which this registry does more than the specification asks.
final class Extensions {
    private static final JsonValue LINK_FROM = extension(
            "_dray/link-from",
            "the header Dray-Link-From of a manifest PUT names repositories to link missing content from",
            "docs/extensions/link-from.md");

    private Extensions() {}

    static Response ofRegistry() {
        return reply(List.of(LINK_FROM));
    }

    /// A mirror takes no manifests.
    static Response ofMirror() {
        return reply(List.of());
    }

    private static JsonValue extension(String name, String description, String url) {
        return JsonValue.object()
                .put("name", name)
                .put("description", description)
                .put("url", url)
                .put("endpoints", JsonValue.array(List.of()))
                .build();
    }

    private static Response reply(List<JsonValue> extensions) {
        JsonValue document = JsonValue.object()
                .put("extensions", JsonValue.array(extensions))
                .build();
        return Response.text(200, "application/json", Json.write(document).toString());
    }
}
