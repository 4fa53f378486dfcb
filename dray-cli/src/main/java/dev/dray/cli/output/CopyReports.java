package dev.dray.cli.output;

import dev.dray.engine.copy.CopyReport;
import dev.dray.model.ByteSize;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;

/// Prints the result of a copy or a save.
public record CopyReports(Terminal terminal, Format format) {
    /// @param done the verb in the past tense
    public void print(String target, CopyReport report, String done) {
        report.notes().forEach(note -> terminal.say("note: " + note));
        if (format == Format.json) {
            terminal.result(Json.write(json(target, report)).toString());
            return;
        }
        report.digests().forEach(digest -> terminal.result("%s: %s".formatted(target, digest)));
        tell(report, done);
    }

    /// Prints it to standard error only.
    public void tell(CopyReport report, String done) {
        String referrers = report.referrers() > 0 ? ", %d referrers".formatted(report.referrers()) : "";
        String linked = report.linked() > 0 ? " and %d mounted".formatted(report.linked()) : "";
        terminal.say("%s: %d of %d blobs moved%s, %s%s, %.1f s"
                .formatted(
                        done,
                        report.moved(),
                        report.blobs(),
                        linked,
                        ByteSize.ofBytes(report.bytes()),
                        referrers,
                        report.duration().toMillis() / 1000.0));
    }

    private static JsonValue json(String target, CopyReport report) {
        return JsonValue.object()
                .put("target", target)
                .put(
                        "digests",
                        JsonValue.strings(
                                report.digests().stream().map(Object::toString).toList()))
                .put("blobs", report.blobs())
                .put("blobsMoved", report.moved())
                .put("blobsLinked", report.linked())
                .put("bytesMoved", report.bytes())
                .put("referrers", report.referrers())
                .put("notes", JsonValue.strings(report.notes()))
                .put("seconds", JsonValue.of(report.duration().toMillis() / 1000.0))
                .build();
    }
}
