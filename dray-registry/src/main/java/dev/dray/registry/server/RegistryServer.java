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

/// A registry that answers HTTP, over a store that somebody else opened and closes. Thread safe; the caller
/// closes.
public final class RegistryServer implements AutoCloseable {
    private static final String REALM = "Dray registry";

    private final HttpServer server;
    private final Upkeep upkeep;
    /// None for what changes nothing.
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

    /// Binds the address and answers requests from then on.
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
                CollectorTimer.start(store.collector(), settings, listener, http.errors()),
                null);
    }

    /// Serves the images of an engine's store, to be read only. It changes nothing in the store.
    ///
    /// @throws IOException as [#start]
    public static RegistryServer mirror(Store store, Admission admission, HttpSettings http, RegistryListener listener)
            throws IOException {
        Mirror mirror = Mirror.of(store, admission.access());
        RegistryApi api = new RegistryApi(mirror, admission, REALM, listener, http.errors());
        HttpServer server = NettyHttpServer.start(http, api);
        return new RegistryServer(server, Upkeep.ofRights(admission, http.errors()), null, WarmUp.start(store));
    }

    /// Where it is reached; a port that was asked for as 0 is the real one.
    public ListenAddress address() {
        return server.address();
    }

    /// Stops accepting, lets running requests finish for as long as `patience`, then cuts them off.
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
