package dev.dray.client;

import dev.dray.client.auth.HostAuthorization;
import dev.dray.client.credentials.CredentialSource;
import dev.dray.client.credentials.Credentials;
import dev.dray.client.memory.HostFacts;
import dev.dray.client.memory.HostMemory;
import dev.dray.client.push.Provenance;
import dev.dray.client.push.PushPlan;
import dev.dray.client.push.PushReport;
import dev.dray.client.push.PushRequest;
import dev.dray.client.push.Pusher;
import dev.dray.client.transfer.Traffic;
import dev.dray.client.transfer.TransferListener;
import dev.dray.client.transport.ApacheTransport;
import dev.dray.client.transport.HttpReply;
import dev.dray.client.transport.RegistryException;
import dev.dray.client.transport.RetryingTransport;
import dev.dray.client.transport.Schemes;
import dev.dray.client.transport.TrafficMeter;
import dev.dray.client.transport.Transport;
import dev.dray.client.transport.TransportOptions;
import dev.dray.client.transport.Unreachable;
import dev.dray.model.Reference;
import dev.dray.model.RepositoryName;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Speaks to registries: the entry to this library.
///
/// Calls block and suit virtual threads; the client is thread safe and keeps connections, tokens and what it learnt of
/// each host until it is closed. Failures that a user can act on are [dev.dray.model.DrayException]s, those that a
/// registry answered [dev.dray.client.transport.RegistryException]s; a registry that cannot be reached is a
/// DrayException of kind UNAVAILABLE.
///
///     try (RegistryClient client = RegistryClient.open(ClientOptions.defaults())) {
///         RemoteRepository app = client.repository(Reference.parse("ghcr.io/team/app"));
///         Manifest manifest = app.manifest(ManifestSelector.of(Tag.LATEST));
///     }
public final class RegistryClient implements AutoCloseable {
    private final ClientOptions options;
    private final ApacheTransport connections;
    private final Transport transport;
    private final Schemes schemes;
    private final TrafficMeter meter = TrafficMeter.create();
    private final Map<String, RegistryHost> hosts = new ConcurrentHashMap<>();

    private RegistryClient(ClientOptions options, ApacheTransport connections) {
        this.options = options;
        this.connections = connections;
        this.transport = new RetryingTransport(connections, options.retries(), options.backoff());
        this.schemes = new Schemes(options.plainHttp(), options.timeout(), options.memory());
    }

    public static RegistryClient open(ClientOptions options) {
        return new RegistryClient(
                options,
                ApacheTransport.open(new TransportOptions(
                        options.certificates(),
                        options.environment(),
                        options.timeout(),
                        2 * options.parallelTransfers() + 2,
                        options.userAgent())));
    }

    /// A repository of a registry. Sends nothing yet.
    ///
    /// @param host as references write it: `docker.io`, `localhost:5000`
    public RemoteRepository repository(String host, RepositoryName repository) {
        List<RegistryHost> mirrors = options.mirrors().stream()
                .map(mirror -> hosts.computeIfAbsent(
                        mirror + " for " + host, _ -> create(mirror, Optional.of(host), options.credentials())))
                .toList();
        return new RemoteRepository(new Mirrors(mirrors, host(host)), repository, options, meter);
    }

    /// The repository that a reference names.
    public RemoteRepository repository(Reference reference) {
        return repository(reference.host(), reference.repository());
    }

    /// Pushes images with the fewest requests that a plain OCI registry allows. When it returns, all tags point at
    /// the requested images. A failed push records the blobs it sent, and a second call continues from there.
    public PushReport push(PushRequest request, TransferListener listener) {
        return push(request, options.provenance(), listener);
    }

    /// [#push] with another provenance than the one in the options, such as that of a single image.
    public PushReport push(PushRequest request, Provenance provenance, TransferListener listener) {
        TrafficMeter own = meter.part();
        PushSession target = new PushSession(host(request.host()), request.repository(), options, own, listener);
        try {
            return new Pusher(target, provenance, listener, options.parallelTransfers()).push(request, own);
        } finally {
            options.memory().flush();
        }
    }

    /// What [#push] would do, as far as it is known before the registry is asked. Nothing is sent.
    public PushPlan plan(PushRequest request) {
        TransferListener silent = TransferListener.silent();
        PushSession target = new PushSession(host(request.host()), request.repository(), options, meter.part(), silent);
        return new Pusher(target, options.provenance(), silent, options.parallelTransfers()).plan(request);
    }

    /// Checks that a registry answers at `host`, with the credentials in the options.
    public void ping(String host) {
        ping(host(host));
    }

    /// Checks `credentials` with a host, for a login.
    ///
    /// @return the credentials to store: an identity token when the token server issued one, otherwise
    ///     `credentials`
    /// @throws dev.dray.model.DrayException of kind UNAUTHENTICATED when the host does not accept them
    public Credentials authenticate(String host, Credentials credentials) {
        options.memory().change(host, HostFacts::withoutTokens);
        RegistryHost asked =
                create(host, Optional.empty(), CredentialSource.of(host, credentials), HostMemory.inMemory());
        asked.ask(meter);
        try {
            Credentials kept = asked.authorization().login(meter).orElse(credentials);
            ping(asked);
            hosts.remove(host);
            return kept;
        } catch (RegistryException e) {
            throw e.status() == 401
                    ? e.ofCredentials(host, "check both; some registries want a token in place of the password")
                    : e;
        } catch (IOException e) {
            throw Unreachable.of(e, host, "log in");
        }
    }

    private void ping(RegistryHost host) {
        RegistryHost.Call call = new RegistryHost.Call(Set.of(), meter, "log in to " + host.name());
        try (HttpReply reply = host.send("GET", "", call)) {
            var _ = RegistryHost.expect(reply, call, 200);
        } catch (IOException e) {
            throw Unreachable.of(e, host.name(), call.attempted());
        }
    }

    /// The traffic since the client was opened.
    public Traffic traffic() {
        return meter.read();
    }

    private RegistryHost host(String name) {
        return hosts.computeIfAbsent(name, host -> create(host, Optional.empty(), options.credentials()));
    }

    private RegistryHost create(String host, Optional<String> mirrored, CredentialSource credentials) {
        return create(host, mirrored, credentials, options.memory());
    }

    private RegistryHost create(
            String host, Optional<String> mirrored, CredentialSource credentials, HostMemory memory) {
        return new RegistryHost(
                host,
                mirrored,
                transport,
                schemes,
                new HostAuthorization(host, credentials, options.trustedRealms(), transport, memory),
                memory);
    }

    /// Closes all connections; running transfers fail.
    @Override
    public void close() {
        options.memory().flush();
        connections.close();
    }
}
