package dev.dray.cli.output;

import dev.dray.engine.adopt.ImageCheck;
import dev.dray.engine.adopt.host.KnownBlob;
import dev.dray.engine.adopt.search.SearchedLayer;
import dev.dray.engine.adopt.search.SearchedLayer.Outcome;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.model.ByteSize;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Prints the results of checking other engines' images.
public final class AdoptReports {
    private AdoptReports() {}

    /// A check, by the full name of its image.
    public record Checked(String name, ImageCheck check) {}

    public static List<String> table(Checked checked) {
        ImageCheck check = checked.check();
        List<String> lines = new ArrayList<>();
        lines.add("%s: %d of %d layers give back their original blob%s"
                .formatted(
                        checked.name(),
                        check.exact(),
                        check.layers().size(),
                        check.manifest().map(digest -> ", manifest " + digest).orElse("; " + check.unoriginal())));
        Table table = new Table("  LAYER", "DIGEST", "SIZE", "OUTCOME", "ENCODER", "TRIED", "SECONDS");
        for (SearchedLayer layer : check.layers()) {
            table.row(
                    "  " + layer.layer().diffId().shortHex(),
                    layer.layer().blob().map(blob -> blob.digest().shortHex()).orElse("-"),
                    layer.size() == 0 ? "-" : ByteSize.ofBytes(layer.size()).toString(),
                    word(layer.outcome()) + (layer.reason().isEmpty() ? "" : ": " + layer.reason()),
                    encoder(layer),
                    layer.tried() == 0 ? "-" : Integer.toString(layer.tried()),
                    "%.1f".formatted(seconds(layer)));
        }
        lines.addAll(table.lines());
        return lines;
    }

    private static String encoder(SearchedLayer layer) {
        return layer.encoder()
                .map(EncoderId::toString)
                .orElse(layer.outcome() == Outcome.EXACT ? "none (plain tar)" : "-");
    }

    /// One object per layer.
    public static List<String> json(Checked checked) {
        JsonValue none = new JsonValue.JsonNull();
        List<String> lines = new ArrayList<>();
        for (SearchedLayer layer : checked.check().layers()) {
            lines.add(Json.write(JsonValue.object()
                            .put("image", checked.name())
                            .put(
                                    "manifest",
                                    checked.check()
                                            .manifest()
                                            .map(digest -> JsonValue.of(digest.toString()))
                                            .orElse(none))
                            .put("diffId", layer.layer().diffId().toString())
                            .put(
                                    "digest",
                                    layer.layer()
                                            .blob()
                                            .map(KnownBlob::digest)
                                            .map(digest -> JsonValue.of(digest.toString()))
                                            .orElse(none))
                            .put("size", layer.size())
                            .put("tarSize", layer.tarSize())
                            .put("outcome", word(layer.outcome()))
                            .put(
                                    "encoder",
                                    layer.encoder()
                                            .map(id -> JsonValue.of(id.toString()))
                                            .orElse(none))
                            .put("tried", layer.tried())
                            .put("seconds", JsonValue.of(seconds(layer)))
                            .put("reason", layer.reason())
                            .build())
                    .toString());
        }
        return lines;
    }

    /// Advice about layers that cannot be rebuilt, each piece once.
    public static List<String> advice(List<Checked> checks) {
        return checks.stream()
                .flatMap(checked -> checked.check().layers().stream())
                .flatMap(layer -> layer.advice().stream())
                .distinct()
                .toList();
    }

    /// One line over all images.
    public static String totals(List<Checked> checks) {
        List<SearchedLayer> layers = checks.stream()
                .flatMap(checked -> checked.check().layers().stream())
                .toList();
        StringBuilder line = new StringBuilder("%d images, %d layers".formatted(checks.size(), layers.size()));
        for (Outcome outcome : Outcome.values()) {
            long count =
                    layers.stream().filter(layer -> layer.outcome() == outcome).count();
            if (count > 0) {
                line.append(", %d %s".formatted(count, word(outcome)));
            }
        }
        return line.toString();
    }

    static String word(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static double seconds(SearchedLayer layer) {
        return layer.time().toMillis() / 1000.0;
    }
}
