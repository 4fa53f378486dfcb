package dev.dray.client.auth;

import dev.dray.client.credentials.CredentialSource;
import dev.dray.client.credentials.Credentials;
import dev.dray.client.memory.Challenged;
import dev.dray.client.memory.HostMemory;
import dev.dray.client.memory.SavedToken;
import dev.dray.client.transport.HttpReply;
import dev.dray.client.transport.TrafficMeter;
import dev.dray.client.transport.Transport;
import dev.dray.model.DrayException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// How requests to one host show who asks: learnt from its first 401, or remembered from an earlier command, then added
/// ahead.
///
/// Tokens are kept until shortly before they expire, beyond the process too, for the credentials that they were given
/// for; one that allows more serves where less is needed, and many threads that need the same one fetch it once. Thread
/// safe.
public final class HostAuthorization {
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final String host;
    private final CredentialSource credentials;
    private final RealmRule realms;
    private final Transport transport;
    private final HostMemory memory;
    private final LongSupplier nanoTime;
    private final AtomicBoolean tokensRecalled = new AtomicBoolean();
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

    /// @param recalled true when an earlier command fetched it
    private record Held(Token token, long expires, boolean recalled) {}

    /// @param host as references write it, for the credentials
    /// @param trustedRealms see [RealmRule]
    /// @param memory of earlier commands
    public HostAuthorization(
            String host,
            CredentialSource credentials,
            Set<String> trustedRealms,
            Transport transport,
            HostMemory memory) {
        this(host, credentials, trustedRealms, transport, memory, System::nanoTime);
    }

    /// @param nanoTime the clock for the expiry of tokens, replaced in tests
    HostAuthorization(
            String host,
            CredentialSource credentials,
            Set<String> trustedRealms,
            Transport transport,
            HostMemory memory,
            LongSupplier nanoTime) {
        this.host = host;
        this.credentials = credentials;
        this.realms = new RealmRule(trustedRealms);
        this.transport = transport;
        this.memory = memory;
        this.nanoTime = nanoTime;
    }

    /// True when a request, or an earlier command, has shown what the host wants.
    ///
    /// @param registry the address under which the host is spoken to
    public boolean isKnown(URI registry) {
        if (way instanceof Way.Unknown) {
            way = memory.of(host)
                    .challenged()
                    .map(known -> recall(known, registry))
                    .orElse(way);
        }
        return !(way instanceof Way.Unknown);
    }

    /// Who has no credentials asks without them: what was demanded may have been demanded for something else.
    private Way recall(Challenged known, URI registry) {
        return switch (known) {
            case Challenged.Open() -> new Way.Open();
            case Challenged.Basic() -> credentials.find(host).isPresent() ? new Way.Basic() : new Way.Unknown();
            case Challenged.Bearer(String realm, Optional<String> service) -> {
                try {
                    yield new Way.Bearer(new TokenServer(RealmRule.check(realm, registry), service), registry);
                } catch (DrayException e) {
                    yield new Way.Unknown(); // the registry is spoken to in another way than it was then
                }
            }
        };
    }

    /// The `Authorization` header for a request that needs `scopes`; empty when none is to be sent.
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
            memory.change(host, facts -> facts.withChallenged(new Challenged.Open()));
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
            memory.change(host, facts -> facts.withChallenged(new Challenged.Basic()));
            return sent.isEmpty() && credentials.find(host).isPresent();
        }
        return false;
    }

    private boolean learnBearer(Challenge challenge, URI registry, Optional<String> sent) {
        String address = challenge.parameter("realm").orElseThrow();
        URI realm = RealmRule.check(address, registry);
        Optional<String> service = challenge.parameter("service");
        way = new Way.Bearer(new TokenServer(realm, service), registry);
        memory.change(host, facts -> facts.withChallenged(new Challenged.Bearer(address, service)));
        if (sent.isEmpty()) {
            return true;
        }
        List<Held> refused = tokens.values().stream()
                .filter(held -> sent.get().equals("Bearer " + held.token.value()))
                .toList();
        boolean spoilt = challenge.parameter("error").orElse("").equals("invalid_token")
                || !sent.get().startsWith("Bearer ")
                || refused.stream().anyMatch(Held::recalled);
        if (spoilt) {
            tokens.values().removeAll(refused);
            refused.forEach(held -> memory.change(host, facts -> facts.withoutToken(held.token.value())));
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
            recallTokens();
            Optional<String> meanwhile = held(wanted);
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
            Token token = way.server.fetch(transport, meter, credentialsFor(way), wanted, false);
            keep(wanted, token);
            save(wanted, token);
            return token.value();
        } finally {
            lock.unlock();
        }
    }

    private void keep(Set<Scope> granted, Token token) {
        long lifetime = token.lifetime().minus(MARGIN).toNanos();
        tokens.put(granted, new Held(token, nanoTime.getAsLong() + lifetime, false));
    }

    private void save(Set<Scope> granted, Token token) {
        Instant now = Instant.now();
        List<String> scopes = granted.stream().map(Scope::toString).toList();
        SavedToken saved = new SavedToken(
                holder(), scopes, token.value(), now.plus(token.lifetime()).minus(MARGIN));
        memory.change(host, facts -> facts.withToken(saved, now));
    }

    private void recallTokens() {
        List<SavedToken> saved =
                tokensRecalled.getAndSet(true) ? List.of() : memory.of(host).tokens();
        if (saved.isEmpty()) {
            return;
        }
        String holder = holder();
        Instant now = Instant.now();
        for (SavedToken token : saved) {
            Duration left = Duration.between(now, token.expires());
            if (left.isPositive() && token.holder().equals(holder)) {
                Set<Scope> scopes = new TreeSet<>();
                token.scopes().forEach(text -> Scope.parse(text).ifPresent(scopes::add));
                tokens.putIfAbsent(
                        scopes,
                        new Held(
                                new Token(token.value(), left, Optional.empty()),
                                nanoTime.getAsLong() + left.toNanos(),
                                true));
            }
        }
    }

    /// Stands for the credentials in files: a token serves only who could have fetched it.
    private String holder() {
        String who = credentials.find(host).map(HostAuthorization::secret).orElse("");
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((memory.salt() + "\n" + who).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String secret(Credentials credentials) {
        return switch (credentials) {
            case Credentials.Password(String user, String password) -> "password\n" + user + "\n" + password;
            case Credentials.IdentityToken(String token) -> "token\n" + token;
        };
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
