package dev.dray.client.auth;

import dev.dray.client.credentials.CredentialSource;
import dev.dray.client.credentials.Credentials;
import dev.dray.client.transport.HttpReply;
import dev.dray.client.transport.TrafficMeter;
import dev.dray.client.transport.Transport;
import dev.dray.model.DrayException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Authorizes requests to one host: learns the scheme from the first 401, and sends it with later requests from the
/// start.
///
/// Caches tokens until shortly before they expire. A token with a wider scope serves narrower requests, and threads
/// that need the same token share one fetch. Thread safe.
public final class HostAuthorization {
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final String host;
    private final CredentialSource credentials;
    private final RealmRule realms;
    private final Transport transport;
    private final LongSupplier nanoTime;
    private final Map<Set<Scope>, Held> tokens = new ConcurrentHashMap<>();
    private final Map<Set<Scope>, ReentrantLock> fetching = new ConcurrentHashMap<>();
    private volatile Way way = new Way.Unknown();

    /// The authentication schemes of a host.
    private sealed interface Way {
        record Unknown() implements Way {}

        record Open() implements Way {}

        record Basic() implements Way {}

        record Bearer(TokenServer server, URI registry) implements Way {}
    }

    private record Held(Token token, long expires) {}

    /// @param host as references write it, for the credentials
    /// @param trustedRealms see [RealmRule]
    public HostAuthorization(
            String host, CredentialSource credentials, Set<String> trustedRealms, Transport transport) {
        this(host, credentials, trustedRealms, transport, System::nanoTime);
    }

    /// @param nanoTime the clock for the expiry of tokens, replaced in tests
    HostAuthorization(
            String host,
            CredentialSource credentials,
            Set<String> trustedRealms,
            Transport transport,
            LongSupplier nanoTime) {
        this.host = host;
        this.credentials = credentials;
        this.realms = new RealmRule(trustedRealms);
        this.transport = transport;
        this.nanoTime = nanoTime;
    }

    /// True once the host's scheme is known.
    public boolean isKnown() {
        return !(way instanceof Way.Unknown);
    }

    /// The `Authorization` header for a request that needs `scopes`; empty when none is needed.
    public Optional<String> header(Set<Scope> scopes, TrafficMeter meter) throws IOException {
        return switch (way) {
            case Way.Unknown() -> Optional.empty();
            case Way.Open() -> Optional.empty();
            case Way.Basic() -> Optional.of(basic());
            case Way.Bearer bearer -> Optional.of("Bearer " + token(bearer, scopes, meter));
        };
    }

    /// Records that the host answered a request without authorization.
    public void answeredOpenly() {
        if (way instanceof Way.Unknown) {
            way = new Way.Open();
        }
    }

    /// Learns from a 401.
    ///
    /// @param sent the header of the refused request
    /// @return true when a repetition with a new [#header] may succeed
    public boolean learn(HttpReply refused, URI registry, Optional<String> sent) {
        List<Challenge> challenges = Challenge.parse(refused.headers("WWW-Authenticate"));
        Optional<Challenge> bearer = challenges.stream()
                .filter(challenge -> challenge.scheme().equals("bearer"))
                .findFirst();
        if (bearer.isPresent() && bearer.get().parameter("realm").isPresent()) {
            return learnBearer(bearer.get(), registry, sent);
        }
        if (challenges.stream().anyMatch(challenge -> challenge.scheme().equals("basic"))) {
            way = new Way.Basic();
            return sent.isEmpty() && credentials.find(host).isPresent();
        }
        return false;
    }

    private boolean learnBearer(Challenge challenge, URI registry, Optional<String> sent) {
        URI realm = RealmRule.check(challenge.parameter("realm").orElseThrow(), registry);
        way = new Way.Bearer(new TokenServer(realm, challenge.parameter("service")), registry);
        if (sent.isEmpty()) {
            return true;
        }
        boolean spoilt = challenge.parameter("error").orElse("").equals("invalid_token")
                || !sent.get().startsWith("Bearer ");
        if (spoilt) {
            tokens.values().removeIf(held -> sent.get().equals("Bearer " + held.token.value()));
        }
        return spoilt;
    }

    private String basic() {
        return switch (credentials.find(host).orElseThrow(this::unknownUser)) {
            case Credentials.Password(String user, String password) -> TokenServer.basic(user, password);
            case Credentials.IdentityToken(String token) -> TokenServer.basic("<token>", token);
        };
    }

    private DrayException unknownUser() {
        return new DrayException(DrayException.Kind.UNAUTHENTICATED, host + " wants a user name and a password")
                .advising("log in first: dray login " + host);
    }

    private String token(Way.Bearer way, Set<Scope> scopes, TrafficMeter meter) throws IOException {
        Set<Scope> wanted = new TreeSet<>(scopes);
        Optional<String> held = held(wanted);
        if (held.isPresent()) {
            return held.get();
        }
        ReentrantLock lock = fetching.computeIfAbsent(wanted, key -> new ReentrantLock());
        lock.lock();
        try {
            Optional<String> meanwhile = held(wanted);
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
            Token token = way.server.fetch(transport, meter, credentialsFor(way), wanted, false);
            keep(wanted, token);
            return token.value();
        } finally {
            lock.unlock();
        }
    }

    private void keep(Set<Scope> granted, Token token) {
        long lifetime = token.lifetime().minus(MARGIN).toNanos();
        tokens.put(granted, new Held(token, nanoTime.getAsLong() + lifetime));
    }

    private Optional<String> held(Set<Scope> wanted) {
        long now = nanoTime.getAsLong();
        tokens.values().removeIf(held -> held.expires - now <= 0);
        return tokens.entrySet().stream()
                .filter(entry -> wanted.stream()
                        .allMatch(scope -> entry.getKey().stream().anyMatch(granted -> granted.covers(scope))))
                .max(Comparator.comparingLong(entry -> entry.getValue().expires - now))
                .map(entry -> entry.getValue().token.value());
    }

    private Optional<Credentials> credentialsFor(Way.Bearer way) {
        Optional<Credentials> found = credentials.find(host);
        if (found.isPresent() && !realms.maySeeCredentials(way.server.realm(), way.registry)) {
            throw new DrayException(
                            DrayException.Kind.DENIED,
                            "%s asks to send the credentials to %s, which is another domain"
                                    .formatted(host, way.server.realm().getHost()))
                    .advising("if that is the registry's token server, trust it by name; otherwise log out of the"
                            + " registry");
        }
        return found;
    }

    /// For a login: sends the credentials to the token server and requests an identity token.
    ///
    /// @return the identity token, if the server issued one
    public Optional<Credentials> login(TrafficMeter meter) throws IOException {
        if (!(way instanceof Way.Bearer bearer)) {
            return Optional.empty();
        }
        Token token = bearer.server.fetch(transport, meter, credentialsFor(bearer), Set.of(), true);
        keep(Set.of(), token);
        return token.refresh().map(Credentials.IdentityToken::new);
    }
}
