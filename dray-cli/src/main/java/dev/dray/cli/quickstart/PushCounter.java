package dev.dray.cli.quickstart;

import dev.dray.http.AccessLog;
import dev.dray.http.Exchange;
import dev.dray.model.Digest;
import dev.dray.registry.RegistryEvent;
import dev.dray.registry.RegistryListener;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Counts the cost of pushes on the registry's side, by repository. Thread safe.
///
/// A request without a repository, such as `GET /v2/`, counts for the repository of the current push.
final class PushCounter implements AccessLog, RegistryListener {
    private final Map<String, Counts> counts = new LinkedHashMap<>();
    private String current = "";

    private static final class Counts {
        long bytes;
        int requests;
        final Set<Digest> uploaded = new HashSet<>();
        final Set<Digest> linked = new HashSet<>();
    }

    /// From now on, requests without a repository count for `repository`.
    synchronized void begin(String repository) {
        current = repository;
        var _ = counts(repository);
    }

    @Override
    public synchronized void exchanged(Exchange exchange) {
        Counts counted = counts(repository(exchange.line().target()));
        counted.bytes += exchange.bytesRead();
        if (!exchange.isTlsGreeting()) {
            counted.requests++;
        }
    }

    private String repository(String target) {
        return counts.keySet().stream()
                .filter(name -> target.startsWith("/v2/" + name + "/"))
                .findFirst()
                .orElse(current);
    }

    @Override
    public synchronized void happened(RegistryEvent event) {
        Counts counted = counts(event.repository().value());
        switch (event) {
            case RegistryEvent.BlobUploaded uploaded -> counted.uploaded.add(uploaded.digest());
            case RegistryEvent.BlobMounted mounted -> counted.linked.add(mounted.digest());
            case RegistryEvent.MountDeclined _,
                    RegistryEvent.BlobDeleted _,
                    RegistryEvent.ManifestPut _,
                    RegistryEvent.ManifestIncomplete _,
                    RegistryEvent.ManifestDeleted _,
                    RegistryEvent.Denied _ -> {}
        }
    }

    private Counts counts(String repository) {
        return counts.computeIfAbsent(repository, _ -> new Counts());
    }

    /// @param config distinguishes the config from the layers
    synchronized QuickstartReport.Push row(String target, String repository, Digest config, Duration duration) {
        Counts counted = counts(repository);
        return new QuickstartReport.Push(
                target,
                counted.bytes,
                counted.uploaded.size(),
                counted.linked.size(),
                counted.uploaded.size() - (counted.uploaded.contains(config) ? 1 : 0),
                counted.linked.size() - (counted.linked.contains(config) ? 1 : 0),
                counted.requests,
                duration);
    }
}
