package dev.dray.client;

import dev.dray.client.auth.HostAuthorization;
import dev.dray.client.auth.Scope;
import dev.dray.client.memory.HostFacts;
import dev.dray.client.memory.HostMemory;
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
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

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
    private final HostMemory memory;

    /// @param mirrored the registry that this host mirrors, if it is a mirror; sent with every request as the
    ///     parameter `ns` (OCI distribution-spec, "Registry proxying")
    RegistryHost(
            String name,
            Optional<String> mirrored,
            Transport transport,
            Schemes schemes,
            HostAuthorization authorization,
            HostMemory memory) {
        this.name = name;
        this.mirrored = mirrored;
        this.transport = transport;
        this.schemes = schemes;
        this.authorization = authorization;
        this.memory = memory;
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
        return facts().isDray(Instant.now());
    }

    HostFacts facts() {
        return memory.of(name);
    }

    void learn(UnaryOperator<HostFacts> learnt) {
        memory.change(name, learnt);
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
        try {
            URI address = address("");
            if (authorization.isKnown(address)) {
                return;
            }
            try (HttpReply reply = confirmed(HttpRequest.of("GET", address, meter), (request, home) -> {
                HttpReply answer = transport.execute(request);
                note(answer, home);
                return answer;
            })) {
                if (reply.status() == 401) {
                    var _ = authorization.learn(reply, reply.request().uri(), Optional.empty());
                }
            }
        } catch (IOException e) {
            throw Unreachable.of(e, name, "reach the registry");
        }
    }

    /// A way to send a request to the registry at `home`.
    @FunctionalInterface
    private interface Sending {
        HttpReply send(HttpRequest request, URI home) throws IOException;
    }

    /// Sends a request by the scheme that is remembered of the host, and, when that fails before anything has confirmed
    /// it, by the one that the host is found to speak now.
    private HttpReply confirmed(HttpRequest request, Sending sending) throws IOException {
        URI home = address("");
        try {
            HttpReply reply = sending.send(request, home);
            boolean odd = reply.status() == 400; // what a TLS server answers to plain HTTP
            if (!odd || !schemes.forget(name) || address("").equals(home)) {
                schemes.confirm(name, home.getScheme());
                return reply;
            }
            reply.close();
        } catch (IOException e) {
            if (!schemes.forget(name) || address("").equals(home)) {
                throw e;
            }
        }
        URI changed = address("");
        return sending.send(request.to(Location.moved(request.uri(), changed)), changed);
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
        return confirmed(request, (asked, home) -> follow(asked, home, call));
    }

    private HttpReply follow(HttpRequest request, URI home, Call call) throws IOException {
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
        var _ = authorization.isKnown(home);
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
        boolean dray = reply.header("Dray-Version")
                .filter(version -> version.equals("1"))
                .isPresent();
        boolean saysNothing = reply.status() == 429 || reply.status() >= 500; // a proxy before it may have answered
        if (dray != isDray() && (dray || !saysNothing)) {
            learn(facts -> facts.withDray(dray, Instant.now()));
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
