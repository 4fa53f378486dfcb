package dev.dray.registry.mirror;

import dev.dray.http.HttpSettings;
import dev.dray.http.ListenAddress;
import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.MediaType;
import dev.dray.registry.RegistryListener;
import dev.dray.registry.access.Admission;
import dev.dray.registry.http.Calls;
import dev.dray.registry.server.RegistryServer;
import dev.dray.store.Store;
import dev.dray.store.StoreKind;
import dev.dray.store.StoreOptions;
import dev.dray.store.blob.FinishOutcome;
import dev.dray.store.blob.StagedBlob;
import dev.dray.store.fixture.TestStores;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An engine's store with images in it, and the mirror that serves it.
final class PulledImages implements AutoCloseable {
    private final Store store;
    private final RegistryServer server;
    private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();

    private PulledImages(Path folder, Admission admission, StoreOptions options) throws IOException {
        this.store = TestStores.open(folder, StoreKind.ENGINE, options);
        this.server = RegistryServer.mirror(
                store,
                admission,
                HttpSettings.listen(new ListenAddress.Tcp("127.0.0.1", 0)).withErrors((what, _) -> failures.add(what)),
                RegistryListener.silent());
    }

    static PulledImages serve(Path folder, Admission admission) throws IOException {
        return new PulledImages(folder, admission, StoreOptions.standard());
    }

    /// Serves a store that was filled earlier.
    static PulledImages serveLater(Path folder) throws IOException {
        StoreOptions later =
                StoreOptions.standard().withClock(() -> Instant.now().plus(Duration.ofDays(30)));
        return new PulledImages(folder, Admission.open(), later);
    }

    static PulledImages serve(Path folder) throws IOException {
        return serve(folder, Admission.open());
    }

    Calls calls() {
        return Calls.to(URI.create("http://" + server.address()));
    }

    Store store() {
        return store;
    }

    /// The failures logged so far.
    List<String> failures() {
        return List.copyOf(failures);
    }

    /// Adds an image whose config and layers are these bytes.
    ///
    /// @param repository with its host
    Digest image(String repository, Optional<String> tag, RawBytes config, RawBytes... layers) {
        String documents = Stream.of(layers)
                .map(layer -> descriptor(MediaType.OCI_LAYER_GZIP, layer))
                .collect(Collectors.joining(","));
        Stream.concat(Stream.of(config), Stream.of(layers)).forEach(blob -> blob(repository, blob));
        return manifest(repository, tag, """
            {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}\
            """.formatted(
                        MediaType.OCI_MANIFEST, descriptor(MediaType.OCI_CONFIG, config), documents));
    }

    /// An image of one small config, made unique by `salt`.
    Digest image(String repository, String tag, String salt) {
        return image(repository, Optional.of(tag), RawBytes.utf8("{\"author\":\"" + salt + "\"}"));
    }

    Digest manifest(String repository, Optional<String> tag, String json) {
        RawBytes raw = RawBytes.utf8(json);
        Manifest manifest = Manifest.parse(Manifest.typeOf(raw), raw);
        store.catalog().change(transaction -> {
            var there = transaction.repository(new RepositoryName(repository));
            there.manifests().put(raw.sha256(), manifest);
            tag.ifPresent(name -> there.tags().set(new Tag(name), raw.sha256()));
        });
        return raw.sha256();
    }

    static String descriptor(MediaType type, RawBytes content) {
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}".formatted(type, content.sha256(), content.size());
    }

    void blob(String repository, RawBytes content) {
        try (StagedBlob staged = store.blobs().stage(Digest.Algorithm.SHA256)) {
            staged.write(ByteBuffer.wrap(content.toByteArray()));
            if (!(staged.finish(content.sha256()) instanceof FinishOutcome.Complete(var blob))) {
                throw new AssertionError("other bytes than were written");
            }
            store.blobs()
                    .publish(
                            blob,
                            transaction -> transaction
                                    .repository(new RepositoryName(repository))
                                    .links()
                                    .add(content.sha256()));
        }
    }

    @Override
    public void close() {
        server.close();
        store.close();
    }
}
