package dev.dray.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.MediaType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// A registry in memory for tests of clients, on a loopback port, that writes down every request.
///
/// It checks digests, refuses manifests with missing content and lists all that is missing, mounts from repositories
/// that the caller may read, and, when told to, demands bearer tokens, or checks manifests less well. Thread safe.
public final class MemoryRegistry implements AutoCloseable {
    private final HttpServer server;
    private final RegistryRoutes routes;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<String> tokenLog = new CopyOnWriteArrayList<>();
    private final List<String> linkSources = new CopyOnWriteArrayList<>();
    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();

    /// The behaviour of the registry.
    ///
    /// @param login `user:password` that its token server takes; empty: no tokens are wanted
    /// @param dray it says that it is a Dray registry, takes `POST ?digest=` and further tags, and links what
    ///     a manifest PUT names sources for
    /// @param checks what it does with a manifest whose content is missing
    /// @param unreadable repositories that nobody may pull from
    public record Behaviour(Optional<String> login, boolean dray, Checks checks, Set<String> unreadable) {
        public static Behaviour open() {
            return new Behaviour(Optional.empty(), false, Checks.ALL, Set.of());
        }

        public static Behaviour bearer(String login) {
            return new Behaviour(Optional.of(login), false, Checks.ALL, Set.of());
        }

        public Behaviour asDray() {
            return new Behaviour(login, true, checks, unreadable);
        }

        public Behaviour checking(Checks other) {
            return new Behaviour(login, dray, other, unreadable);
        }

        public Behaviour hiding(String... repositories) {
            return new Behaviour(login, dray, checks, Set.of(repositories));
        }
    }

    /// What is said of missing content.
    public enum Checks {
        /// Each digest is listed.
        ALL,

        /// The first one is.
        FIRST,

        /// The manifest is refused without a word of what is missing.
        SILENT,

        /// It is taken.
        NONE
    }

    private MemoryRegistry(HttpServer server, Behaviour behaviour) {
        this.server = server;
        this.routes = new RegistryRoutes(behaviour, "http://" + host());
    }

    public static MemoryRegistry start(Behaviour behaviour) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        MemoryRegistry registry = new MemoryRegistry(server, behaviour);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", registry::handle);
        server.start();
        return registry;
    }

    private void handle(HttpExchange exchange) throws IOException {
        boolean token = exchange.getRequestURI().getPath().equals("/token");
        linkSources.addAll(exchange.getRequestHeaders().getOrDefault("Dray-Link-From", List.of()));
        connections.add(exchange.getRemoteAddress());
        (token ? tokenLog : log).add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        try (exchange) {
            routes.handle(exchange);
        }
    }

    /// `127.0.0.1:port`.
    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /// Every request so far, `METHOD path?query`, except token requests.
    public List<String> requests() {
        return List.copyOf(log);
    }

    public List<String> tokenRequests() {
        return List.copyOf(tokenLog);
    }

    /// How many connections brought requests.
    public int connections() {
        return connections.size();
    }

    public void forgetRequests() {
        log.clear();
        tokenLog.clear();
        connections.clear();
    }

    public Optional<Digest> tag(String repository, String tag) {
        return Optional.ofNullable(routes.tags(repository).get(tag));
    }

    /// Manifests that were put under a tag while some of their content was missing.
    public List<String> incompleteTags() {
        return List.copyOf(routes.incompleteTags());
    }

    /// The values of `Dray-Link-From` that came.
    public List<String> linkSources() {
        return List.copyOf(linkSources);
    }

    public boolean hasBlob(String repository, Digest digest) {
        return routes.blobs(repository).containsKey(digest);
    }

    /// Loses a blob.
    public void dropBlob(String repository, Digest digest) {
        routes.blobs(repository).remove(digest);
    }

    /// Puts a blob there without a request.
    public void addBlob(String repository, RawBytes bytes) {
        routes.blobs(repository).put(bytes.sha256(), bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /// A stored manifest.
    record Stored(MediaType type, RawBytes raw) {
        Manifest parse() {
            return Manifest.parse(type, raw);
        }
    }
}
