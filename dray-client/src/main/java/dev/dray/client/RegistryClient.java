package dev.dray.client;

import dev.dray.client.credentials.Credentials;
import dev.dray.client.push.PushReport;
import dev.dray.client.push.PushRequest;
import dev.dray.client.push.TransferListener;
import dev.dray.client.transport.Traffic;
import dev.dray.model.Reference;
import dev.dray.model.RepositoryName;

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
    private RegistryClient() {}

    public static RegistryClient open(ClientOptions options) {
        return pending();
    }

    /// A repository of a registry. Nothing is sent yet.
    ///
    /// @param host as references write it: `docker.io`, `localhost:5000`
    public RemoteRepository repository(String host, RepositoryName repository) {
        return pending();
    }

    /// The repository that a reference names.
    public RemoteRepository repository(Reference reference) {
        return repository(reference.host(), reference.repository());
    }

    /// Pushes images with the fewest requests that a plain OCI registry allows. When it returns, all tags point to
    /// what was asked for. After a failure what was sent is remembered, and a second call goes on from there.
    public PushReport push(PushRequest request, TransferListener listener) {
        return pending();
    }

    /// Asks whether a registry answers at `host`, with the credentials that the options know.
    public void ping(String host) {
        pending();
    }

    /// Proves `credentials` to a host, for a login.
    ///
    /// @return what to keep: an identity token when the token server gave one, else `credentials`
    /// @throws dev.dray.model.DrayException of kind UNAUTHENTICATED when the host does not accept them
    public Credentials authenticate(String host, Credentials credentials) {
        return pending();
    }

    /// What has been sent and received since the client was opened.
    public Traffic traffic() {
        return pending();
    }

    /// Closes all connections; transfers under way fail.
    @Override
    public void close() {}

    @SuppressWarnings("TypeParameterUnusedInFormals") // gone when the bodies arrive
    private static <T> T pending() {
        throw new UnsupportedOperationException("not connected yet");
    }
}
