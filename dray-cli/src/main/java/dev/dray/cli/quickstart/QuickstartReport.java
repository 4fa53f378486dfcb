package dev.dray.cli.quickstart;

import dev.dray.cli.output.Table;
import dev.dray.model.ByteSize;
import dev.dray.model.json.JsonValue;
import dev.dray.model.json.JsonValue.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The results of the quickstart, as counted by the registry.
///
/// @param digestsVerified of the pulled image
/// @param failures digests that did not match
record QuickstartReport(List<Push> pushes, int digestsVerified, int failures) {
    /// One push. Blobs include the config.
    ///
    /// @param bytesSent bytes that the registry read from the socket, heads of requests included
    record Push(
            String target,
            long bytesSent,
            int blobsUploaded,
            int blobsLinked,
            int layersUploaded,
            int layersLinked,
            int requests,
            Duration duration) {
        private JsonObject json() {
            return JsonValue.object()
                    .put("target", target)
                    .put("bytesSent", bytesSent)
                    .put("blobsUploaded", blobsUploaded)
                    .put("blobsLinked", blobsLinked)
                    .put("layersUploaded", layersUploaded)
                    .put("layersLinked", layersLinked)
                    .put("requests", requests)
                    .put("seconds", JsonValue.of(duration.toMillis() / 1000.0))
                    .build();
        }
    }

    QuickstartReport {
        pushes = List.copyOf(pushes);
    }

    JsonObject json() {
        List<JsonValue> rows = new ArrayList<>();
        pushes.forEach(push -> rows.add(push.json()));
        return JsonValue.object()
                .put("pushes", JsonValue.array(rows))
                .put("digestsVerified", digestsVerified)
                .put("failures", failures)
                .build();
    }

    Table table() {
        Table table = new Table("PUSHED TO", "BYTES SENT", "LAYERS SENT", "LAYERS LINKED", "REQUESTS", "TIME");
        for (Push push : pushes) {
            table.row(
                    push.target(),
                    ByteSize.ofBytes(push.bytesSent()).toString(),
                    Integer.toString(push.layersUploaded()),
                    Integer.toString(push.layersLinked()),
                    Integer.toString(push.requests()),
                    "%.2f s".formatted(push.duration().toMillis() / 1000.0));
        }
        return table;
    }
}
