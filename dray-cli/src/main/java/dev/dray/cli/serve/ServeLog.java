package dev.dray.cli.serve;

import dev.dray.cli.output.Collected;
import dev.dray.cli.output.LogWriter;
import dev.dray.http.AccessLog;
import dev.dray.http.ErrorListener;
import dev.dray.http.Exchange;
import dev.dray.model.RepositoryName;
import dev.dray.registry.RegistryEvent;
import dev.dray.registry.RegistryListener;
import dev.dray.registry.access.AccessListener;
import dev.dray.store.collect.CollectReport;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The log of `dray serve`: a line per exchange, a line per event that an auditor needs, and failures. Thread safe.
///
/// @param access receives the lines of exchanges and events
/// @param notices receives failures
/// @param debug whether to write stack traces
record ServeLog(LogWriter access, LogWriter notices, boolean debug)
        implements AccessLog, RegistryListener, ErrorListener, AccessListener {
    /// The status of a process that could not go on.
    private static final int DEAD = 70;

    @Override
    public void exchanged(Exchange exchange) {
        if (exchange.isTlsGreeting() && !debug) {
            return;
        }
        String repository = exchange.notes().getOrDefault("repository", "");
        String refused = exchange.notes().getOrDefault("refused", "");
        String tried = exchange.notes().get("tried");
        access.log("%s %s %s \"%s %s\" %d in=%d out=%d %.1fms%s%s%s"
                .formatted(
                        time(exchange.start()),
                        exchange.peer().address(),
                        exchange.notes().getOrDefault("user", "-"),
                        clean(exchange.line().method()),
                        clean(exchange.line().target()),
                        exchange.status(),
                        exchange.bytesRead(),
                        exchange.bytesWritten(),
                        exchange.duration().toNanos() / 1e6,
                        tried == null ? "" : " login refused: \"%s\"".formatted(clean(tried)),
                        repository.isEmpty() ? "" : " repository=" + clean(repository),
                        refused.isEmpty() ? "" : " refused: " + clean(refused)));
    }

    @Override
    public void happened(RegistryEvent event) {
        String what = switch (event) {
            case RegistryEvent.BlobMounted e ->
                "mounted %s from %s (%d bytes)".formatted(e.digest(), e.source(), e.size());
            case RegistryEvent.MountDeclined e ->
                "mount declined %s from %s"
                        .formatted(
                                e.digest(),
                                e.source().map(RepositoryName::value).orElse("anywhere"));
            case RegistryEvent.BlobUploaded e -> "uploaded %s (%d bytes)".formatted(e.digest(), e.size());
            case RegistryEvent.BlobDeleted e -> "unlinked " + e.digest();
            case RegistryEvent.ManifestPut e -> "manifest %s tags %s".formatted(e.digest(), e.tags());
            case RegistryEvent.ManifestIncomplete e ->
                "manifest refused, %d blobs missing".formatted(e.missing().size());
            case RegistryEvent.ManifestDeleted e -> "deleted " + e.selector();
            case RegistryEvent.Denied _ -> "denied";
        };
        access.log("%s event %s %s: %s".formatted(time(Instant.now()), event.caller(), event.repository(), what));
    }

    @Override
    public void collected(CollectReport report) {
        notices.log("%s dray: freed %s".formatted(time(Instant.now()), Collected.inWords(report)));
    }

    @Override
    public void failed(String what, Throwable failure) {
        StringWriter text = new StringWriter();
        text.append("%s dray: %s: %s".formatted(time(Instant.now()), clean(what), failure));
        if (debug) {
            text.append('\n');
            failure.printStackTrace(new PrintWriter(text, true));
        }
        notices.log(text.toString());
    }

    /// Ends the process: one that is deaf serves nobody, and whoever watches over it starts it again.
    @Override
    public void died(String what) {
        System.err.println("%s dray: %s, the server ends".formatted(time(Instant.now()), what));
        System.err.flush();
        Runtime.getRuntime().halt(DEAD);
    }

    /// Writes about a failure to nowhere, so that all it takes is loaded: when there is one, there may be no descriptor
    /// left to load it with.
    static void rehearse() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        try (LogWriter lines = new LogWriter(nowhere)) {
            new ServeLog(lines, lines, true).failed("a rehearsal", new IOException(new IOException()));
        }
    }

    @Override
    public void reloaded(Path file) {
        notices.log("%s dray: %s reloaded".formatted(time(Instant.now()), file));
    }

    @Override
    public void refused(Path file, String why) {
        notices.log("%s dray: %s changed but does not parse, the previous content stays in force: %s"
                .formatted(time(Instant.now()), file, why));
    }

    private static Instant time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }

    /// A stranger's text on one line, without quotes that would end the field.
    private static String clean(String text) {
        StringBuilder cleaned = new StringBuilder(text.length());
        text.codePoints().forEach(c -> cleaned.appendCodePoint(c < ' ' || c == '"' || c == 0x7f ? '?' : c));
        return cleaned.toString();
    }
}
