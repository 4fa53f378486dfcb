package dev.dray.cli.output;

import dev.dray.engine.policy.LayerChange;
import dev.dray.engine.policy.LayerState.Form;
import dev.dray.engine.policy.PolicyReport;
import dev.dray.model.ByteSize;
import dev.dray.model.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The stored form of layers, in words.
public final class StorageFormWords {
    private StorageFormWords() {}

    /// One word for a column.
    static String word(Form form) {
        return switch (form) {
            case Form.Recipe _ -> "recipe";
            case Form.Both _ -> "both";
            case Form.Blob _ -> "blob";
            case Form.Verbatim _ -> "verbatim";
            case Form.Inline _ -> "inline";
        };
    }

    /// The word, and the reason.
    public static String explained(Form form) {
        return switch (form) {
            case Form.Blob(Form.Reason reason) ->
                switch (reason) {
                    case POLICY -> "blob";
                    case PINNED -> "blob (pinned)";
                    case LATER -> "blob (not proven yet)";
                };
            case Form.Recipe _, Form.Both _, Form.Verbatim _, Form.Inline _ -> word(form);
        };
    }

    /// The progress line of a processed layer; none when nothing changed.
    static Optional<String> progress(LayerChange layer) {
        String digest = layer.blob().digest().shortHex();
        return switch (layer.form()) {
            case Form.Recipe(String encoder, long _) ->
                Optional.of("%s: kept as recipe (%s)".formatted(digest, encoder));
            case Form.Both(String encoder, long _) ->
                Optional.of("%s: kept as blob and recipe (%s)".formatted(digest, encoder));
            case Form.Verbatim(String reason) -> Optional.of("%s: kept as it came: %s".formatted(digest, reason));
            case Form.Blob _ when layer.restored() > 0 -> Optional.of("%s: file rebuilt".formatted(digest));
            case Form.Blob _, Form.Inline _ -> Optional.empty();
        };
    }

    /// Summarizes changes: the number of layers in each form, those that could not take theirs and why, and the
    /// bytes saved.
    public static String summary(PolicyReport report) {
        List<String> parts = new ArrayList<>();
        add(parts, report, Form.Recipe.class, "as recipe");
        add(parts, report, Form.Both.class, "as blob and recipe");
        add(parts, report, Form.Blob.class, blobs(report));
        Map<String, Long> reasons = new LinkedHashMap<>();
        report.verbatim().forEach(layer -> count(reasons, layer));
        reasons.forEach(
                (reason, count) -> parts.add("%d as %s came: %s".formatted(count, count == 1 ? "it" : "they", reason)));
        add(parts, report, Form.Inline.class, "in the database");
        return parts.isEmpty() ? "no layers" : String.join("; ", parts) + saved(report);
    }

    private static void count(Map<String, Long> reasons, LayerChange layer) {
        if (layer.form() instanceof Form.Verbatim(String reason)) {
            reasons.merge(reason, 1L, Long::sum);
        }
    }

    private static void add(List<String> parts, PolicyReport report, Class<? extends Form> form, String words) {
        if (report.count(form) > 0) {
            parts.add("%d %s (%s)".formatted(report.count(form), words, ByteSize.ofBytes(report.bytes(form))));
        }
    }

    private static String blobs(PolicyReport report) {
        boolean later =
                report.layers().stream().anyMatch(layer -> layer.form().equals(new Form.Blob(Form.Reason.LATER)));
        return later ? "as blob until `dray layers convert`" : "as blob";
    }

    private static String saved(PolicyReport report) {
        long saved = report.saved();
        if (saved > 0) {
            return "; saved " + ByteSize.ofBytes(saved);
        }
        return saved < 0 ? "; takes %s more".formatted(ByteSize.ofBytes(-saved)) : "";
    }

    public static JsonValue json(PolicyReport report) {
        List<JsonValue> layers = new ArrayList<>();
        report.layers().forEach(layer -> layers.add(json(layer)));
        return JsonValue.object()
                .put("layers", JsonValue.array(layers))
                .put("packsGrown", report.packsGrown())
                .put("saved", report.saved())
                .build();
    }

    private static JsonValue json(LayerChange layer) {
        JsonValue.ObjectBuilder object = JsonValue.object()
                .put("digest", layer.blob().digest().toString())
                .put("size", layer.blob().size());
        put(object, layer.form());
        return object.put("dropped", layer.dropped())
                .put("restored", layer.restored())
                .build();
    }

    /// Adds a form to an object.
    public static void put(JsonValue.ObjectBuilder object, Form form) {
        object.put("kept", word(form));
        switch (form) {
            case Form.Recipe(String encoder, long bytes) ->
                object.put("encoder", encoder).put("recipeBytes", bytes);
            case Form.Both(String encoder, long bytes) ->
                object.put("encoder", encoder).put("recipeBytes", bytes);
            case Form.Blob(Form.Reason reason) ->
                object.put("reason", reason.name().toLowerCase(Locale.ROOT));
            case Form.Verbatim(String reason) -> object.put("reason", reason);
            case Form.Inline() -> {}
        }
    }
}
