package dev.dray.cli.output;

import dev.dray.engine.policy.PolicyReport;
import dev.dray.engine.policy.StoredForm;
import dev.dray.engine.policy.StoredLayer;
import dev.dray.model.ByteSize;
import dev.dray.model.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How layers are kept, in words.
public final class StorageFormWords {
    private StorageFormWords() {}

    /// One word for a column.
    static String form(StoredForm kept) {
        return switch (kept) {
            case StoredForm.AsRecipe _ -> "recipe";
            case StoredForm.AsBoth _ -> "both";
            case StoredForm.AsBlob _ -> "blob";
            case StoredForm.Verbatim _ -> "verbatim";
            case StoredForm.Inline _ -> "inline";
        };
    }

    /// The word, and why.
    public static String explained(StoredForm kept) {
        return switch (kept) {
            case StoredForm.AsBlob(StoredForm.Reason reason) ->
                switch (reason) {
                    case POLICY -> "blob";
                    case PINNED -> "blob (pinned)";
                    case LATER -> "blob (not proven yet)";
                };
            case StoredForm.AsRecipe _, StoredForm.AsBoth _, StoredForm.Verbatim _, StoredForm.Inline _ -> form(kept);
        };
    }

    /// The line of progress for a layer that was worked on; none where nothing was done.
    static Optional<String> progress(StoredLayer layer) {
        String digest = layer.blob().digest().shortHex();
        return switch (layer.kept()) {
            case StoredForm.AsRecipe(String encoder, long _) ->
                Optional.of("%s: kept as recipe (%s)".formatted(digest, encoder));
            case StoredForm.AsBoth(String encoder, long _) ->
                Optional.of("%s: kept as blob and recipe (%s)".formatted(digest, encoder));
            case StoredForm.Verbatim(String reason) -> Optional.of("%s: kept as it came: %s".formatted(digest, reason));
            case StoredForm.AsBlob _ when layer.restored() > 0 -> Optional.of("%s: file made again".formatted(digest));
            case StoredForm.AsBlob _, StoredForm.Inline _ -> Optional.empty();
        };
    }

    /// What became of layers: how many are kept in which way, which are not as wished and why, what it saved.
    public static String summary(PolicyReport report) {
        List<String> parts = new ArrayList<>();
        add(parts, report, StoredForm.AsRecipe.class, "as recipe");
        add(parts, report, StoredForm.AsBoth.class, "as blob and recipe");
        add(parts, report, StoredForm.AsBlob.class, blobs(report));
        Map<String, Long> reasons = new LinkedHashMap<>();
        report.verbatim().forEach(layer -> count(reasons, layer));
        reasons.forEach(
                (reason, count) -> parts.add("%d as %s came: %s".formatted(count, count == 1 ? "it" : "they", reason)));
        add(parts, report, StoredForm.Inline.class, "in the database");
        return parts.isEmpty() ? "no layers" : String.join("; ", parts) + saved(report);
    }

    private static void count(Map<String, Long> reasons, StoredLayer layer) {
        if (layer.kept() instanceof StoredForm.Verbatim(String reason)) {
            reasons.merge(reason, 1L, Long::sum);
        }
    }

    private static void add(List<String> parts, PolicyReport report, Class<? extends StoredForm> how, String words) {
        if (report.count(how) > 0) {
            parts.add("%d %s (%s)".formatted(report.count(how), words, ByteSize.ofBytes(report.bytes(how))));
        }
    }

    private static String blobs(PolicyReport report) {
        boolean later = report.layers().stream()
                .anyMatch(layer -> layer.kept().equals(new StoredForm.AsBlob(StoredForm.Reason.LATER)));
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

    private static JsonValue json(StoredLayer layer) {
        JsonValue.ObjectBuilder object = JsonValue.object()
                .put("digest", layer.blob().digest().toString())
                .put("size", layer.blob().size());
        put(object, layer.kept());
        return object.put("dropped", layer.dropped())
                .put("restored", layer.restored())
                .build();
    }

    /// How it is kept, as fields of an object.
    public static void put(JsonValue.ObjectBuilder object, StoredForm kept) {
        object.put("kept", form(kept));
        switch (kept) {
            case StoredForm.AsRecipe(String encoder, long bytes) ->
                object.put("encoder", encoder).put("recipeBytes", bytes);
            case StoredForm.AsBoth(String encoder, long bytes) ->
                object.put("encoder", encoder).put("recipeBytes", bytes);
            case StoredForm.AsBlob(StoredForm.Reason reason) ->
                object.put("reason", reason.name().toLowerCase(Locale.ROOT));
            case StoredForm.Verbatim(String reason) -> object.put("reason", reason);
            case StoredForm.Inline() -> {}
        }
    }
}
