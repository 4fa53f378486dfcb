package dev.dray.client;

import dev.dray.client.auth.Scope;
import dev.dray.client.push.PushTarget;
import dev.dray.client.transfer.BlobFate;
import dev.dray.client.transfer.TransferListener;
import dev.dray.client.transport.RegistryException;
import dev.dray.client.transport.TrafficMeter;
import dev.dray.client.transport.Unreachable;
import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ManifestSelector;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// The target of one push: its requests share one token for the target and all sources.
final class PushSession implements PushTarget {
    private final RegistryHost host;
    private final RepositoryName repository;
    private final ClientOptions options;
    private final TrafficMeter meter;
    private final TransferListener listener;
    private volatile Set<Scope> scopes;

    PushSession(
            RegistryHost host,
            RepositoryName repository,
            ClientOptions options,
            TrafficMeter meter,
            TransferListener listener) {
        this.host = host;
        this.repository = repository;
        this.options = options;
        this.meter = meter;
        this.listener = listener;
        this.scopes = Set.of(Scope.push(repository));
    }

    @Override
    public void prepare(Collection<RepositoryName> sources) {
        host.ask(meter);
        Set<Scope> wanted = new HashSet<>();
        wanted.add(Scope.push(repository));
        sources.forEach(source -> wanted.add(Scope.pull(source)));
        try {
            try {
                var _ = host.authorization().header(wanted, meter);
                scopes = Set.copyOf(wanted);
            } catch (RegistryException e) {
                if (sources.isEmpty() || e.isTemporary()) {
                    throw e;
                }
                // A token server that refuses the whole because of a source is asked for the target alone.
                var _ = host.authorization().header(scopes, meter);
            }
        } catch (IOException e) {
            throw Unreachable.of(e, host.name(), "get a token for " + repository);
        }
    }

    @Override
    public Optional<Digest> find(ManifestSelector selector) throws IOException {
        return new ManifestRequests(
                        host, call("look for manifest %s of %s".formatted(selector, repository)), repository)
                .head(selector)
                .map(Descriptor::digest);
    }

    @Override
    public boolean has(Descriptor blob) {
        RegistryHost.Call call = call("look for blob %s of %s".formatted(blob.digest(), repository));
        try {
            return host.has(repository, blob.digest(), call);
        } catch (IOException e) {
            throw Unreachable.of(e, host.name(), call.attempted());
        }
    }

    @Override
    public BlobFate send(Descriptor blob, Content content, Optional<RepositoryName> from) {
        RegistryHost.Call call = call("put blob %s into %s".formatted(blob.digest(), repository));
        return new BlobUpload(host, call, repository, RemoteRepository.retry(options), listener)
                .send(blob, content, from);
    }

    @Override
    public boolean put(Put put) {
        String attempted = "put manifest %s into %s".formatted(put.selector(), repository);
        return new ManifestRequests(host, call(attempted), repository)
                .put(put.manifest(), put.selector(), put.tags(), put.linkFrom());
    }

    @Override
    public Knowledge knowledge() {
        return new HostKnowledge(host, repository);
    }

    private RegistryHost.Call call(String attempted) {
        return new RegistryHost.Call(scopes, meter, attempted);
    }
}
