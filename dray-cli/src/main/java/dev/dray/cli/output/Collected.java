package dev.dray.cli.output;

import dev.dray.model.ByteSize;
import dev.dray.model.json.JsonValue;
import dev.dray.store.collect.CollectReport;
import dev.dray.store.collect.CollectedKind;
import java.util.Locale;
import java.util.StringJoiner;

/// The results of a collection, for users and for programs.
public final class Collected {
    private Collected() {}

    /// `12 MB: 3 blobs, 1 link`, or `nothing`.
    public static String inWords(CollectReport report) {
        if (report.amounts().isEmpty()) {
            return "nothing";
        }
        StringJoiner kinds = new StringJoiner(", ");
        for (CollectedKind kind : CollectedKind.values()) {
            long count = report.of(kind).count();
            if (count > 0) {
                kinds.add("%d %s".formatted(count, plural(kind, count)));
            }
        }
        return "%s: %s".formatted(ByteSize.ofBytes(report.bytes()), kinds);
    }

    private static String plural(CollectedKind kind, long count) {
        if (count == 1) {
            return kind.label();
        }
        return kind.label().endsWith("y")
                ? kind.label().substring(0, kind.label().length() - 1) + "ies"
                : kind.label() + "s";
    }

    public static JsonValue json(CollectReport report) {
        JsonValue.ObjectBuilder object = JsonValue.object();
        for (CollectedKind kind : CollectedKind.values()) {
            object.put(
                    kind.name().toLowerCase(Locale.ROOT),
                    JsonValue.object()
                            .put("count", report.of(kind).count())
                            .put("bytes", report.of(kind).bytes())
                            .build());
        }
        return object.put("bytes", report.bytes())
                .put("complete", report.complete())
                .build();
    }
}
