package dev.dray.registry.server;

import dev.dray.http.HttpServer;
import dev.dray.http.HttpSettings;
import dev.dray.http.ListenAddress;
import dev.dray.http.netty.NettyHttpServer;
import dev.dray.registry.Mirror;
import dev.dray.registry.Registry;
import dev.dray.registry.RegistryListener;
import dev.dray.registry.RegistrySettings;
import dev.dray.registry.access.Admission;
import dev.dray.registry.api.RegistryApi;
import dev.dray.store.Store;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A registry served over HTTP. The store belongs to the caller, who opens it and closes it. Thread safe; the caller
/// closes the server.
public final class RegistryServer implements AutoCloseable {
    private static final String REALM = "Dray registry";

    private final HttpServer server;
    private final Upkeep upkeep;
    /// Absent for a mirror.
    private final @Nullable CollectorTimer collecting;
    /// None for what keeps files.
    private final @Nullable WarmUp warmUp;

    private RegistryServer(
            HttpServer server, Upkeep upkeep, @Nullable CollectorTimer collecting, @Nullable WarmUp warmUp) {
        this.server = server;
        this.upkeep = upkeep;
        this.collecting = collecting;
        this.warmUp = warmUp;
    }

    /// Binds the address and starts answering requests.
    ///
    /// @throws java.net.BindException when the address is taken
    /// @throws IOException when certificate or key cannot be read
    public static RegistryServer start(
            Store store, Admission admission, HttpSettings http, RegistryListener listener, RegistrySettings settings)
            throws IOException {
        Registry registry = Registry.of(store, admission.access(), listener, settings);
        RegistryApi api = new RegistryApi(registry, admission, REALM, listener, http.errors());
        HttpServer server = NettyHttpServer.start(http, api);
        return new RegistryServer(
                server,
                Upkeep.of(registry.uploads(), admission, http.errors()),
                CollectorTimer.start(store, settings, listener, http.errors()),
                null);
    }

    /// Serves the images of an engine's store, read-only. Writes nothing to the store.
    ///
    /// @throws IOException as [#start]
    public static RegistryServer mirror(Store store, Admission admission, HttpSettings http, RegistryListener listener)
            throws IOException {
        Mirror mirror = Mirror.of(store, admission.access());
        RegistryApi api = new RegistryApi(mirror, admission, REALM, listener, http.errors());
        HttpServer server = NettyHttpServer.start(http, api);
        return new RegistryServer(server, Upkeep.ofRights(admission, http.errors()), null, WarmUp.start(store));
    }

    /// The bound address; a requested port of 0 is replaced by the real one.
    public ListenAddress address() {
        return server.address();
    }

    /// Stops accepting, waits up to `patience` for running requests, then aborts them.
    public void close(Duration patience) {
        upkeep.close();
        if (collecting != null) {
            collecting.close();
        }
        if (warmUp != null) {
            warmUp.close();
        }
        server.close(patience);
    }

    @Override
    public void close() {
        close(Duration.ofSeconds(5));
    }
}
