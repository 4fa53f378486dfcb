package dev.dray.cli.layers;

import dev.dray.cli.output.Table;
import dev.dray.engine.layers.LayerOutcome;
import dev.dray.engine.layers.LayerReport;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.model.ByteSize;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Prints reports on layers.
final class LayerReports {
    private LayerReports() {}

    static String json(LayerReport report) {
        Optional<EncoderId> encoder = report.encoder();
        JsonValue none = new JsonValue.JsonNull();
        return Json.write(JsonValue.object()
                        .put("source", report.source())
                        .put("digest", report.digest().toString())
                        .put("size", report.size())
                        .put("mediaType", report.mediaType().value())
                        .put(
                                "encoder",
                                encoder.map(id -> JsonValue.of(id.family())).orElse(none))
                        .put("era", encoder.map(id -> JsonValue.of(id.era())).orElse(none))
                        .put(
                                "level",
                                encoder.map(id -> JsonValue.of(id.parameters().level()))
                                        .orElse(none))
                        .put("outcome", word(report.outcome()))
                        .put("recipeBytes", report.recipeBytes())
                        .put("tarRecipeBytes", report.tarRecipeBytes())
                        .put("contentReferences", report.contentReferences())
                        .put("seconds", JsonValue.of(seconds(report)))
                        .put("reason", report.reason())
                        .build())
                .toString();
    }

    static List<String> table(List<LayerReport> reports) {
        Table table = new Table(
                "SOURCE", "DIGEST", "SIZE", "ENCODER", "OUTCOME", "RECIPE", "TAR RECIPE", "CONTENTS", "SECONDS");
        for (LayerReport report : reports) {
            table.row(
                    report.source(),
                    report.digest().shortHex(),
                    ByteSize.ofBytes(report.size()).toString(),
                    report.encoder().map(EncoderId::toString).orElse("-"),
                    word(report.outcome()) + (report.reason().isEmpty() ? "" : ": " + report.reason()),
                    report.recipeBytes() == 0
                            ? "-"
                            : ByteSize.ofBytes(report.recipeBytes()).toString(),
                    report.tarRecipeBytes() == 0
                            ? "-"
                            : ByteSize.ofBytes(report.tarRecipeBytes()).toString(),
                    Long.toString(report.contentReferences()),
                    "%.1f".formatted(seconds(report)));
        }
        return table.lines();
    }

    /// The number of blobs, and of their bytes, by outcome.
    static String totals(List<LayerReport> reports) {
        long bytes = reports.stream().mapToLong(LayerReport::size).sum();
        StringBuilder line = new StringBuilder("%d blobs, %s".formatted(reports.size(), ByteSize.ofBytes(bytes)));
        for (LayerOutcome outcome : LayerOutcome.values()) {
            List<LayerReport> such = reports.stream()
                    .filter(report -> report.outcome() == outcome)
                    .toList();
            long part = such.stream().mapToLong(LayerReport::size).sum();
            if (!such.isEmpty()) {
                line.append("; %s: %d, %s (%.1f %% of the bytes)"
                        .formatted(
                                word(outcome), such.size(), ByteSize.ofBytes(part), 100.0 * part / Math.max(1, bytes)));
            }
        }
        return line.toString();
    }

    static String word(LayerOutcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    private static double seconds(LayerReport report) {
        return report.time().toMillis() / 1000.0;
    }
}
