package dev.dray.registry.server;

import dev.dray.http.AccessLog;
import dev.dray.http.HttpSettings;
import dev.dray.http.ListenAddress;
import dev.dray.model.io.TemporaryFolder;
import dev.dray.registry.RegistryListener;
import dev.dray.registry.RegistrySettings;
import dev.dray.registry.access.Admission;
import dev.dray.store.Store;
import dev.dray.store.StoreKind;
import dev.dray.store.StoreOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A registry for tests: a real one, on a free port of the loopback interface.
///
/// ```java
/// try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
///     push("alpine", registry.address() + "/team-a/app:1");
/// }
/// ```
///
/// Its store is a temporary folder, removed at the end, or one that is given and stays. Thread safe;
/// the caller closes.
public final class EmbeddedRegistry implements AutoCloseable {
    private final Path folder;
    private final boolean temporary;
    private final Store store;
    private final RegistryServer server;

    private EmbeddedRegistry(Path folder, boolean temporary, Store store, RegistryServer server) {
        this.folder = folder;
        this.temporary = temporary;
        this.store = store;
        this.server = server;
    }

    /// Starts an empty registry in which everybody may do everything.
    public static EmbeddedRegistry start() {
        return configure().start();
    }

    /// The configuration that [#start] uses, for changes.
    public static Configuration configure() {
        return new Configuration(
                Optional.empty(),
                StoreOptions.standard(),
                Admission.open(),
                RegistryListener.silent(),
                HttpSettings.listen(new ListenAddress.Tcp("127.0.0.1", 0)),
                RegistrySettings.DEFAULT);
    }

    /// The configuration of a registry, from [EmbeddedRegistry#configure]; the `with` methods change it.
    ///
    /// @param store the folder of its store; a temporary one when absent
    /// @param storeOptions how the store works
    public record Configuration(
            Optional<Path> store,
            StoreOptions storeOptions,
            Admission admission,
            RegistryListener listener,
            HttpSettings http,
            RegistrySettings settings) {

        /// Uses the store in this folder, which stays after the registry closes.
        public Configuration withStore(Path folder) {
            return new Configuration(Optional.of(folder), storeOptions, admission, listener, http, settings);
        }

        public Configuration withStoreOptions(StoreOptions storeOptions) {
            return new Configuration(store, storeOptions, admission, listener, http, settings);
        }

        public Configuration withAdmission(Admission admission) {
            return new Configuration(store, storeOptions, admission, listener, http, settings);
        }

        public Configuration withListener(RegistryListener listener) {
            return new Configuration(store, storeOptions, admission, listener, http, settings);
        }

        public Configuration withAccessLog(AccessLog log) {
            return withHttp(http.withAccessLog(log));
        }

        public Configuration withHttp(HttpSettings http) {
            return new Configuration(store, storeOptions, admission, listener, http, settings);
        }

        public Configuration withSettings(RegistrySettings settings) {
            return new Configuration(store, storeOptions, admission, listener, http, settings);
        }

        /// @throws UncheckedIOException when no port or folder is available
        public EmbeddedRegistry start() {
            try {
                Path folder = store.isPresent() ? store.get() : Files.createTempDirectory("dray-registry-");
                Store opened = Store.open(folder, StoreKind.REGISTRY, storeOptions);
                try {
                    RegistryServer server = RegistryServer.start(opened, admission, http, listener, settings);
                    return new EmbeddedRegistry(folder, store.isEmpty(), opened, server);
                } catch (IOException | RuntimeException e) {
                    opened.close();
                    throw e;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// The host part of references: `127.0.0.1:41234`.
    public String address() {
        return server.address().toString();
    }

    /// `http://127.0.0.1:41234`.
    public URI uri() {
        return URI.create("http://" + address());
    }

    /// The underlying store, for inspection.
    public Store store() {
        return store;
    }

    @Override
    public void close() {
        server.close();
        store.close();
        if (temporary) {
            try {
                TemporaryFolder.remove(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
