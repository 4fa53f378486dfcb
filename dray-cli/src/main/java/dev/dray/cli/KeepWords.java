package dev.dray.cli;

import dev.dray.engine.keep.KeepReport;
import dev.dray.engine.keep.Kept;
import dev.dray.engine.keep.KeptLayer;
import dev.dray.model.ByteSize;
import dev.dray.model.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How layers are kept, in words.
final class KeepWords {
    private KeepWords() {}

    /// One word for a column.
    static String form(Kept kept) {
        return switch (kept) {
            case Kept.AsRecipe _ -> "recipe";
            case Kept.AsBoth _ -> "both";
            case Kept.AsBlob _ -> "blob";
            case Kept.Verbatim _ -> "verbatim";
            case Kept.Inline _ -> "inline";
        };
    }

    /// The word, and why.
    static String explained(Kept kept) {
        return switch (kept) {
            case Kept.AsBlob(Kept.Reason reason) ->
                switch (reason) {
                    case POLICY -> "blob";
                    case PINNED -> "blob (pinned)";
                    case LATER -> "blob (not proven yet)";
                };
            case Kept.AsRecipe _, Kept.AsBoth _, Kept.Verbatim _, Kept.Inline _ -> form(kept);
        };
    }

    /// The line of progress for a layer that was worked on; none where nothing was done.
    static Optional<String> progress(KeptLayer layer) {
        String digest = layer.blob().digest().shortHex();
        return switch (layer.kept()) {
            case Kept.AsRecipe(String encoder, long _) ->
                Optional.of("%s: kept as recipe (%s)".formatted(digest, encoder));
            case Kept.AsBoth(String encoder, long _) ->
                Optional.of("%s: kept as blob and recipe (%s)".formatted(digest, encoder));
            case Kept.Verbatim(String reason) -> Optional.of("%s: kept as it came: %s".formatted(digest, reason));
            case Kept.AsBlob _ when layer.restored() > 0 -> Optional.of("%s: file made again".formatted(digest));
            case Kept.AsBlob _, Kept.Inline _ -> Optional.empty();
        };
    }

    /// What became of layers: how many are kept in which way, which are not as wished and why, what it saved.
    static String summary(KeepReport report) {
        List<String> parts = new ArrayList<>();
        add(parts, report, Kept.AsRecipe.class, "as recipe");
        add(parts, report, Kept.AsBoth.class, "as blob and recipe");
        add(parts, report, Kept.AsBlob.class, blobs(report));
        Map<String, Long> reasons = new LinkedHashMap<>();
        report.verbatim().forEach(layer -> count(reasons, layer));
        reasons.forEach(
                (reason, count) -> parts.add("%d as %s came: %s".formatted(count, count == 1 ? "it" : "they", reason)));
        add(parts, report, Kept.Inline.class, "in the database");
        return parts.isEmpty() ? "no layers" : String.join("; ", parts) + saved(report);
    }

    private static void count(Map<String, Long> reasons, KeptLayer layer) {
        if (layer.kept() instanceof Kept.Verbatim(String reason)) {
            reasons.merge(reason, 1L, Long::sum);
        }
    }

    private static void add(List<String> parts, KeepReport report, Class<? extends Kept> how, String words) {
        if (report.count(how) > 0) {
            parts.add("%d %s (%s)".formatted(report.count(how), words, ByteSize.ofBytes(report.bytes(how))));
        }
    }

    private static String blobs(KeepReport report) {
        boolean later =
                report.layers().stream().anyMatch(layer -> layer.kept().equals(new Kept.AsBlob(Kept.Reason.LATER)));
        return later ? "as blob until `dray layers convert`" : "as blob";
    }

    private static String saved(KeepReport report) {
        long saved = report.saved();
        if (saved > 0) {
            return "; saved " + ByteSize.ofBytes(saved);
        }
        return saved < 0 ? "; takes %s more".formatted(ByteSize.ofBytes(-saved)) : "";
    }

    static JsonValue json(KeepReport report) {
        List<JsonValue> layers = new ArrayList<>();
        report.layers().forEach(layer -> layers.add(json(layer)));
        return JsonValue.object()
                .put("layers", JsonValue.array(layers))
                .put("packsGrown", report.packsGrown())
                .put("saved", report.saved())
                .build();
    }

    private static JsonValue json(KeptLayer layer) {
        JsonValue.ObjectBuilder object = JsonValue.object()
                .put("digest", layer.blob().digest().toString())
                .put("size", layer.blob().size());
        put(object, layer.kept());
        return object.put("dropped", layer.dropped())
                .put("restored", layer.restored())
                .build();
    }

    /// How it is kept, as fields of an object.
    static void put(JsonValue.ObjectBuilder object, Kept kept) {
        object.put("kept", form(kept));
        switch (kept) {
            case Kept.AsRecipe(String encoder, long bytes) ->
                object.put("encoder", encoder).put("recipeBytes", bytes);
            case Kept.AsBoth(String encoder, long bytes) ->
                object.put("encoder", encoder).put("recipeBytes", bytes);
            case Kept.AsBlob(Kept.Reason reason) ->
                object.put("reason", reason.name().toLowerCase(Locale.ROOT));
            case Kept.Verbatim(String reason) -> object.put("reason", reason);
            case Kept.Inline() -> {}
        }
    }
}
