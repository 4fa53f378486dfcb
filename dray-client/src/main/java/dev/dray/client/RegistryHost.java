package dev.dray.client;

import dev.dray.client.auth.HostAuthorization;
import dev.dray.client.auth.Scope;
import dev.dray.client.transport.HttpReply;
import dev.dray.client.transport.HttpRequest;
import dev.dray.client.transport.Location;
import dev.dray.client.transport.Refusals;
import dev.dray.client.transport.Schemes;
import dev.dray.client.transport.TrafficMeter;
import dev.dray.client.transport.Transport;
import dev.dray.client.transport.Unreachable;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import dev.dray.model.RepositoryName;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/// One registry, or one mirror of another: its address, its way of authentication, and its capabilities as far as
/// known.
///
/// Sends requests with authorization and follows redirects; the authorization stays within the registry's own origin.
/// Thread safe.
final class RegistryHost {
    private static final String HUB_REGISTRY = "registry-1.docker.io";
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_REDIRECTS = 5;

    private final String name;
    private final Optional<String> mirrored;
    private final Transport transport;
    private final Schemes schemes;
    private final HostAuthorization authorization;
    private volatile boolean dray;

    /// @param mirrored the registry that this host mirrors, if it is a mirror; sent with every request as the
    ///     parameter `ns` (OCI distribution-spec, "Registry proxying")
    RegistryHost(
            String name,
            Optional<String> mirrored,
            Transport transport,
            Schemes schemes,
            HostAuthorization authorization) {
        this.name = name;
        this.mirrored = mirrored;
        this.transport = transport;
        this.schemes = schemes;
        this.authorization = authorization;
    }

    /// As references write it.
    String name() {
        return name;
    }

    HostAuthorization authorization() {
        return authorization;
    }

    /// True once a reply has said that this is a Dray registry: it takes `POST ?digest=`.
    boolean isDray() {
        return dray;
    }

    /// The address of a path under `/v2/`.
    URI address(String path) throws IOException {
        String authority = name.equals(Reference.DOCKER_HUB) ? HUB_REGISTRY : name;
        String namespace = mirrored.map(host -> (path.contains("?") ? "&" : "?") + "ns=" + encoded(host))
                .orElse("");
        return URI.create(schemes.schemeOf(name) + "://" + authority + "/v2/" + path + namespace);
    }

    private static String encoded(String host) {
        return URLEncoder.encode(host, StandardCharsets.UTF_8);
    }

    /// Finds out how the host authenticates, by one request the first time.
    void ask(TrafficMeter meter) {
        if (authorization.isKnown()) {
            return;
        }
        try {
            URI address = address("");
            try (HttpReply reply = transport.execute(HttpRequest.of("GET", address, meter))) {
                note(reply, address);
                if (reply.status() == 401) {
                    var _ = authorization.learn(reply, address, Optional.empty());
                }
            }
        } catch (IOException e) {
            throw Unreachable.of(e, name, "reach the registry");
        }
    }

    /// Sends a request for a path under `/v2/`.
    HttpReply send(String method, String path, Call call) {
        try {
            return send(HttpRequest.of(method, address(path), call.meter()), call);
        } catch (IOException e) {
            throw Unreachable.of(e, name, call.attempted());
        }
    }

    /// True when the repository has the blob.
    ///
    /// @throws IOException when no reply came
    boolean has(RepositoryName repository, Digest blob, Call call) throws IOException {
        URI address = address(repository + "/blobs/" + blob);
        try (HttpReply reply = send(HttpRequest.of("HEAD", address, call.meter()), call)) {
            return reply.status() != 404 && expect(reply, call, 200).status() == 200;
        }
    }

    /// The context that all requests of one operation share.
    ///
    /// @param scopes the token must allow these
    /// @param attempted the operation, for messages: `get manifest 1.0 of team/app`
    record Call(Set<Scope> scopes, TrafficMeter meter, String attempted) {
        Call {
            scopes = Set.copyOf(scopes);
        }
    }

    /// Sends a request, with authorization when it goes to this registry, and follows redirects.
    ///
    /// @throws IOException when no reply came
    HttpReply send(HttpRequest request, Call call) throws IOException {
        URI home = address("");
        HttpRequest next = request;
        for (int redirects = 0; ; redirects++) {
            boolean ours = Location.resolve(home, next.uri().toString()).sameOrigin();
            HttpReply reply = ours ? authorized(next, home, call) : transport.execute(next);
            Optional<String> location = reply.header("Location");
            if (!REDIRECTS.contains(reply.status()) || location.isEmpty() || !isFollowed(next, reply.status())) {
                return reply;
            }
            reply.close();
            if (redirects >= MOST_REDIRECTS) {
                throw new DrayException(
                        DrayException.Kind.UNAVAILABLE,
                        "cannot %s: %s redirects without end".formatted(call.attempted(), name));
            }
            next = next.to(Location.resolve(next.uri(), location.get()).uri());
        }
    }

    /// Resends a body only for statuses that forbid changing the request into a GET.
    private static boolean isFollowed(HttpRequest request, int status) {
        boolean reading = request.method().equals("GET") || request.method().equals("HEAD");
        return reading || status == 307 || status == 308;
    }

    private HttpReply authorized(HttpRequest request, URI home, Call call) throws IOException {
        Optional<String> header = authorization.header(call.scopes(), call.meter());
        HttpReply reply = transport.execute(with(request, header));
        note(reply, home);
        if (reply.status() != 401 || !authorization.learn(reply, home, header)) {
            return reply;
        }
        reply.close();
        HttpReply second = transport.execute(with(request, authorization.header(call.scopes(), call.meter())));
        note(second, home);
        return second;
    }

    private static HttpRequest with(HttpRequest request, Optional<String> header) {
        return header.map(value -> request.with("Authorization", value)).orElse(request);
    }

    private void note(HttpReply reply, URI home) {
        if (!Location.resolve(home, reply.request().uri().toString()).sameOrigin()) {
            return;
        }
        if (reply.header("Dray-Version").filter(version -> version.equals("1")).isPresent()) {
            dray = true;
        }
        if (reply.status() != 401) {
            authorization.answeredOpenly();
        }
    }

    /// The reply when its status is one of `wanted`, otherwise throws the matching exception.
    static HttpReply expect(HttpReply reply, Call call, Integer... wanted) {
        if (Set.of(wanted).contains(reply.status())) {
            return reply;
        }
        throw Refusals.of(reply, call.attempted());
    }
}
