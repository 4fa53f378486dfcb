package dev.dray.engine.adopt.search;

import dev.dray.client.RegistryClient;
import dev.dray.engine.adopt.host.HostLayer;
import dev.dray.engine.adopt.host.KnownBlob;
import dev.dray.engine.adopt.host.SeenAt;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Asks the registries where an engine saw a blob for its first 64 KiB, which show its encoder.
///
/// A registry that does not answer is not asked again. Thread safe; the client belongs to the caller, and should have
/// little patience.
public final class RegistryPrefixes implements BlobPrefixes {
    private final RegistryClient client;
    private final Set<String> silent = ConcurrentHashMap.newKeySet();

    public RegistryPrefixes(RegistryClient client) {
        this.client = client;
    }

    @Override
    public Optional<RawBytes> of(HostLayer layer) {
        Optional<KnownBlob> blob = layer.blob();
        if (blob.isEmpty()) {
            return Optional.empty();
        }
        for (SeenAt seen : layer.seen()) {
            if (!silent.contains(seen.host())) {
                Optional<RawBytes> bytes = ask(seen, blob.get());
                if (bytes.isPresent()) {
                    return bytes;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<RawBytes> ask(SeenAt seen, KnownBlob blob) {
        try {
            return Optional.of(client.repository(seen.host(), seen.repository()).beginning(blob.digest(), LENGTH));
        } catch (DrayException failure) {
            switch (failure.kind()) {
                case NOT_FOUND, DENIED -> {
                    // perhaps another repository has it
                }
                case UNAUTHENTICATED,
                        INVALID,
                        CONFLICT,
                        TOO_LARGE,
                        OUT_OF_SPACE,
                        CORRUPT,
                        UNAVAILABLE,
                        UNSUPPORTED,
                        CANCELLED -> silent.add(seen.host());
            }
        } catch (IOException broken) {
            silent.add(seen.host());
        }
        return Optional.empty();
    }
}
