package dev.dray.client.memory;

import dev.dray.model.Digest;
import dev.dray.model.image.MediaType;
import dev.dray.model.json.JsonValue;
import dev.dray.model.json.JsonValue.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// [HostFacts] as JSON, times in seconds since 1970.
final class FactsJson {
    private FactsJson() {}

    static JsonObject write(HostFacts facts) {
        JsonValue.ObjectBuilder object = JsonValue.object();
        facts.scheme().ifPresent(scheme -> object.put("scheme", scheme));
        facts.challenged().ifPresent(challenged -> object.put("challenged", write(challenged)));
        facts.dray().ifPresent(until -> object.put("dray", until.getEpochSecond()));
        JsonValue.ObjectBuilder strictness = JsonValue.object();
        facts.strictness()
                .forEach((type, known) -> strictness.put(
                        type.value(),
                        JsonValue.object()
                                .put("is", known.strictness().name())
                                .put("until", known.until().getEpochSecond())
                                .build()));
        JsonValue.ObjectBuilder tags = JsonValue.object();
        facts.tags().forEach((name, digest) -> tags.put(name, digest.toString()));
        return object.put("strictness", strictness.build())
                .put("tags", tags.build())
                .put(
                        "tokens",
                        JsonValue.array(
                                facts.tokens().stream().map(FactsJson::write).toList()))
                .build();
    }

    private static JsonObject write(Challenged challenged) {
        return switch (challenged) {
            case Challenged.Open() -> JsonValue.object().put("by", "nothing").build();
            case Challenged.Basic() -> JsonValue.object().put("by", "basic").build();
            case Challenged.Bearer(String realm, Optional<String> service) -> {
                JsonValue.ObjectBuilder bearer =
                        JsonValue.object().put("by", "bearer").put("realm", realm);
                service.ifPresent(name -> bearer.put("service", name));
                yield bearer.build();
            }
        };
    }

    private static JsonObject write(SavedToken token) {
        return JsonValue.object()
                .put("holder", token.holder())
                .put("scopes", JsonValue.strings(token.scopes()))
                .put("value", token.value())
                .put("expires", token.expires().getEpochSecond())
                .build();
    }

    /// @throws RuntimeException when it is not what [#write] wrote
    static HostFacts read(JsonObject object) {
        Map<MediaType, HostFacts.Expiring> strictness = new LinkedHashMap<>();
        object.object("strictness")
                .ifPresent(all -> all.members()
                        .forEach((type, known) -> known.asObject()
                                .ifPresent(entry -> strictness.put(
                                        MediaType.parse(type),
                                        new HostFacts.Expiring(
                                                Strictness.valueOf(
                                                        entry.text("is").orElse("")),
                                                time(entry, "until"))))));
        Map<String, Digest> tags = new LinkedHashMap<>();
        object.object("tags")
                .ifPresent(all -> all.members()
                        .forEach(
                                (name, digest) -> digest.text().ifPresent(text -> tags.put(name, Digest.parse(text)))));
        List<SavedToken> tokens = object.array("tokens").stream()
                .flatMap(entry -> entry.asObject().stream())
                .map(FactsJson::token)
                .toList();
        return new HostFacts(
                object.text("scheme").filter("http"::equals),
                object.object("challenged").flatMap(FactsJson::challenged),
                object.get("dray").isPresent() ? Optional.of(time(object, "dray")) : Optional.empty(),
                strictness,
                tags,
                tokens);
    }

    private static Optional<Challenged> challenged(JsonObject object) {
        return switch (object.text("by").orElse("")) {
            case "nothing" -> Optional.of(new Challenged.Open());
            case "basic" -> Optional.of(new Challenged.Basic());
            case "bearer" -> object.text("realm").map(realm -> new Challenged.Bearer(realm, object.text("service")));
            default -> Optional.empty();
        };
    }

    private static SavedToken token(JsonObject object) {
        return new SavedToken(
                object.text("holder").orElse(""),
                object.array("scopes").stream()
                        .flatMap(scope -> scope.text().stream())
                        .toList(),
                object.text("value").orElse(""),
                time(object, "expires"));
    }

    private static Instant time(JsonObject object, String name) {
        return Instant.ofEpochSecond(object.number(name).orElse(0));
    }
}
